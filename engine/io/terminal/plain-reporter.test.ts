import type { JournalEvent } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { committed, failed, finished, stamped, started, theError } from "./fixtures/events.ts";
import { linesOf, recordedReporter } from "./fixtures/recorded-reporter.ts";

const metric = (name: string, value: number) => ({
  type: "metric" as const,
  phase: "train",
  key: null,
  attempt: 1,
  name,
  value,
});

describe("one line a phase", () => {
  it("tells how each phase ended, aligned", () => {
    const lines = linesOf([
      { type: "run-started", run: "r", pipeline: "roadwork", resumed: false, pid: 1 },
      committed("dataset", { reason: "reused", from: "20261121T204235Z-k3f9", duration_ms: 0 }),
      started("train"),
      metric("mcc", 0.5),
      { type: "progress", phase: "train", key: null, attempt: 1, done: 1, total: 8 },
      metric("mcc", 0.93),
      { type: "checkpoint-saved", phase: "train", key: null, attempt: 1, digest: `sha256:${"0".repeat(64)}`, size: 3 },
      committed("train"),
      committed("sweep", { reason: "already-committed" }),
      committed("gate", { reason: "rolled-forward" }),
      started("calibration"),
      failed("calibration"),
      { type: "phase-skipped", phase: "export", key: null, reason: "blocked", by: "calibration" },
      { type: "phase-skipped", phase: "report", key: null, reason: "interrupted", by: null },
      { type: "phase-skipped", phase: "explora", key: null, reason: "not-enabled", by: null },
      { type: "published", phase: "export", key: null, to: "out" },
      finished,
    ]);
    expect(lines).toEqual([
      "↺ dataset   reused from 20261121T204235Z-k3f9",
      "✓ train       12.3 s  mcc 0.93",
      "↺ sweep     committed before",
      "↺ gate      had ended; its commit is completed",
      "✗ calibration  failed: There are no images in ./data.",
      "               hint: Name a folder with one folder a class.",
      "– export       skipped: calibration failed",
      "– report       not run: the run was interrupted",
      "– explora      not enabled",
      "✓ export       published to out",
    ]);
  });

  it("warns once a phase of what was deleted", () => {
    const left = { count: 5, names: ["a.tmp", "b/", "c", "d", "e"] };
    const lines = linesOf([
      committed("train", { undeclared: { count: 1, names: ["notes.txt"] } }),
      committed("fan", { key: "a", undeclared: left }),
      committed("fan", { key: "b", undeclared: left }),
    ]);
    expect(lines).toEqual([
      "✓ train       12.3 s",
      "! train     deleted what no output declares: notes.txt",
      "            hint: Declare it as an output, or write it elsewhere.",
      "✓ fan[a]      12.3 s",
      "! fan[a]    deleted what no output declares: a.tmp, b/, c, and 2 more",
      "            hint: Declare it as an output, or write it elsewhere.",
      "✓ fan[b]      12.3 s",
    ]);
  });

  it("is aligned from the first line on where the names are known", () => {
    expect(linesOf([committed("a"), committed("calibration")], { names: ["a", "calibration"] })).toEqual([
      "✓ a              12.3 s",
      "✓ calibration    12.3 s",
    ]);
  });

  it("announces a retry, and drops what the failed attempt measured", () => {
    const lines = linesOf([
      started("train"),
      metric("mcc", 0.1),
      { type: "attempt-failed", phase: "train", key: null, attempt: 1, error: theError, retry_in_ms: 1500 },
      started("train"),
      committed("train", { attempt: 2 }),
    ]);
    expect(lines).toEqual([
      "⟳ train     attempt 1 failed: There are no images in ./data.",
      "            again in 1.5 s",
      "✓ train       12.3 s",
    ]);
  });

  it("says nothing of the last attempt's failure, which is the phase's", () => {
    const last = {
      type: "attempt-failed",
      phase: "train",
      key: null,
      attempt: 1,
      error: theError,
      retry_in_ms: null,
    } as const;
    expect(linesOf([started("train"), last, failed("train")])).toHaveLength(2);
  });

  it("writes notes as they are, in order", () => {
    const { reporter, printed } = recordedReporter();
    reporter.note("Resuming 20261121T204235Z-k3f9.");
    reporter.event(stamped([committed("a")])[0]!);
    reporter.close();
    expect(printed).toEqual(["Resuming 20261121T204235Z-k3f9.\n✓ a           12.3 s"]);
  });
});

describe("fan-outs", () => {
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);

  it("tells of each instance where there are few", () => {
    expect(
      linesOf(
        ["a", "b"].map((key) => committed("count", { key })),
        { fans: new Map([["count", 2]]) },
      ),
    ).toEqual(["✓ count[a]    12.3 s", "✓ count[b]    12.3 s"]);
  });

  it("tells the item of one that failed, where its key is only a digest", () => {
    const item = { lr: 0.1, note: "x".repeat(80) };
    const told = [
      { ...failed("count", "0123456789ab"), item },
      { ...failed("count", "lr0.1"), item },
    ];
    expect(linesOf(told).filter((line) => !line.includes("hint:"))).toEqual([
      `✗ count[0123456789ab]  failed for {"lr":0.1,"note":"${"x".repeat(41)}…: There are no images in ./data.`,
      "✗ count[lr0.1]         failed: There are no images in ./data.",
    ]);
  });

  it("has one line for many, counted by how they ended, with the first few failures told", () => {
    const lines = linesOf(
      [
        started("count", "k0"),
        ...keys.slice(0, 10).map((key) => committed("count", { key })),
        ...keys.slice(10, 18).map((key) => committed("count", { key, reason: "reused" })),
        committed("count", { key: keys[18]!, reason: "already-committed" }),
        committed("count", { key: keys[19]!, reason: "rolled-forward" }),
        ...keys.slice(20, 25).map((key) => failed("count", key)),
        ...keys.slice(25).map((key) => ({
          type: "phase-skipped" as const,
          phase: "count",
          key,
          reason: "blocked" as const,
          by: "words",
        })),
        finished,
      ],
      { fans: new Map([["count", 30]]) },
    );
    expect(lines.filter((line) => !line.includes("hint:"))).toEqual([
      "✗ count[k20]  failed: There are no images in ./data.",
      "✗ count[k21]  failed: There are no images in ./data.",
      "✗ count[k22]  failed: There are no images in ./data.",
      "✗ count         30.0 s  30 instances: 5 failed, 10 computed, 8 reused, 2 committed before, 5 skipped",
    ]);
  });

  it("learns the count from phase-expanded, and tells at the end how far an unfinished one came", () => {
    const lines = linesOf([
      { type: "phase-expanded", phase: "count", keys },
      ...keys.slice(0, 3).map((key) => committed("count", { key, reason: "reused" })),
      { type: "attempt-failed", phase: "count", key: "k3", attempt: 1, error: theError, retry_in_ms: 10 },
      finished,
    ]);
    expect(lines).toEqual(["↺ count        2.0 s  30 instances: 3 reused, 27 not run, 1 retried"]);
  });
});

describe("what is written", () => {
  it("holds no escape code without colour", () => {
    expect(linesOf([committed("a"), failed("b")]).join("\n")).not.toContain("\u001b");
  });

  it("is coloured by sign where colour is on", () => {
    expect(linesOf([committed("a")], { colour: "on" })).toEqual(["\u001b[32m✓\u001b[39m a           12.3 s"]);
  });

  it("goes out in batches, soon after the first line", () => {
    const { reporter, printed, later } = recordedReporter();
    for (const event of stamped([committed("a"), committed("b")])) reporter.event(event);
    expect(printed).toEqual([]);
    expect(later.map(({ ms }) => ms)).toEqual([50]);
    later[0]?.action();
    expect(printed).toEqual(["✓ a           12.3 s\n✓ b           12.3 s"]);
    reporter.close();
    expect(printed).toHaveLength(1);
  });
});

describe("json", () => {
  it("writes the events themselves, one a line, and no notes", () => {
    const events = stamped([started("train"), committed("train"), finished]);
    const { reporter, printed } = recordedReporter({ format: "json", terminal: "interactive", colour: "on" });
    reporter.note("not an event");
    for (const event of events) reporter.event(event);
    reporter.close();
    expect(
      printed
        .join("\n")
        .split("\n")
        .map((line) => JSON.parse(line) as JournalEvent),
    ).toEqual(events);
  });
});
