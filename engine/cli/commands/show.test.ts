import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { type MadePhase, makeRun } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as show from "./show.ts";

const run = "20261121T204235Z-aaaa";
const created = () => ({ created: new Date(Date.now() - 5 * 60_000).toISOString() });
const reused = {
  reused: { run: "20261101T000000Z-zzzz", phase: "source", key: null, manifest: `sha256:${"0".repeat(64)}` },
};
const whole: readonly MadePhase[] = [
  { phase: "source", change: reused },
  { phase: "count", key: "a", change: { metrics: { words: 3, share: 0.123_456 } } },
  { phase: "count", key: "b" },
  { phase: "report", text: "x".repeat(2048) },
];

describe("show", () => {
  it("shows phases with their artifacts and metrics", async () => {
    const cwd = freshDirectory();
    const runDir = await makeRun(`${cwd}/runs`, { run, phases: whole, document: created() });
    rmSync(`${runDir}/phases/report/artifacts/text.txt`);
    const { status, stdout } = await call(show, cwd, [], { runsDir: "runs" });
    expect(status).toBe(0);
    expect(stdout.replace(/sha256:\w+/, "HASH").replace(/\d{4}-\S+Z/, "TIME")).toBe(
      [
        "run        20261121T204235Z-aaaa, succeeded",
        "pipeline   words",
        "begun      TIME, 5 min ago",
        "seed       42",
        "run_hash   HASH",
        "directory  runs/20261121T204235Z-aaaa",
        "",
        "↺ source    reused from 20261101T000000Z-zzzz",
        "    text  6 B  phases/source/artifacts/text.txt",
        "✓ count[a]    12.3 s  words 3  share 0.1235",
        "    text  5 B  phases/count/a/artifacts/text.txt",
        "✓ count[b]    12.3 s",
        "    text  5 B  phases/count/b/artifacts/text.txt",
        "✓ report      12.3 s",
        "    text  2.0 KiB  phases/report/artifacts/text.txt  is missing",
      ].join("\n"),
    );
  });

  it("shows what a run that failed lacks, and how to go on", async () => {
    const cwd = freshDirectory();
    const error = { error: "empty", category: "failed", detail: "There is no word in it.", hint: "Write one." };
    await makeRun(`${cwd}/runs`, {
      run,
      phases: whole.slice(0, 2),
      state: "unfinished",
      document: { ...created(), profile: "fast" },
      events: [
        { type: "attempt-started", phase: "count", key: "a", attempt: 1 },
        { type: "phase-failed", phase: "count", key: "b", error },
        { type: "phase-skipped", phase: "report", key: null, reason: "blocked", by: "count[b]" },
        { type: "run-finished", outcome: "failed", run_hash: null },
      ],
    });
    const { stdout } = await call(show, cwd, ["aaaa"], { runsDir: "runs" });
    expect(stdout).toContain("run        20261121T204235Z-aaaa, failed\npipeline   words, profile fast\n");
    expect(stdout.split("\n").slice(-6)).toEqual([
      "    text  5 B  phases/count/a/artifacts/text.txt",
      "✗ count[b]  failed: There is no word in it.",
      "            hint: Write one.",
      "– report    skipped: count[b] failed",
      "",
      "2 of 4 phases are committed; go on with orchestrate resume 20261121T204235Z-aaaa",
    ]);
  });

  it("tells what was interrupted from what never began", async () => {
    const cwd = freshDirectory();
    await makeRun(`${cwd}/runs`, {
      run,
      phases: whole.slice(0, 1),
      state: "unfinished",
      events: [{ type: "attempt-started", phase: "count", key: "a", attempt: 1 }],
    });
    const { stdout } = await call(show, cwd, [], { runsDir: "runs", json: true });
    const view = JSON.parse(stdout) as { outcome: string; phases: { id: string; status: string }[] };
    expect(view.outcome).toBe("unfinished");
    expect(view.phases.map(({ id, status }) => [id, status])).toEqual([
      ["source", "reused"],
      ["count[a]", "interrupted"],
      ["report", "not run"],
    ]);
  });

  it("counts a large fan-out in one line", async () => {
    const cwd = freshDirectory();
    const phases = Array.from({ length: 25 }, (_, index) => ({ phase: "count", key: `k${index}` }));
    await makeRun(`${cwd}/runs`, { run, phases, document: { selected: ["count"] } });
    const { stdout } = await call(show, cwd, [], { runsDir: "runs" });
    expect(stdout).toContain("\n✓ count     25 instances: 25 committed");
  });

  it("names the first failures of a large fan-out", async () => {
    const cwd = freshDirectory();
    const phases = Array.from({ length: 25 }, (_, index) => ({ phase: "count", key: `k${index}` }));
    const error = { error: "empty", category: "failed", detail: "There is no word in it.", hint: "" };
    const events = ["w", "x", "y", "z"].map((key) => ({ type: "phase-failed", phase: "count", key, error }));
    await makeRun(`${cwd}/runs`, { run, phases, events, state: "unfinished" });
    const { stdout } = await call(show, cwd, [], { runsDir: "runs" });
    expect(stdout.split("\n").filter((line) => line.includes("count"))).toEqual([
      "✗ count[w]  failed: There is no word in it.",
      "✗ count[x]  failed: There is no word in it.",
      "✗ count[y]  failed: There is no word in it.",
      "✗ count     29 instances: 25 committed, 4 failed",
    ]);
  });

  it("tells the item where a key is only its digest, and where to read what a failed one said", async () => {
    const cwd = freshDirectory();
    const error = { error: "empty", category: "failed", detail: "There is no word in it.", hint: "" };
    const item = { lr: 0.1, seed: 2 };
    const key = "0123456789ab";
    const directory = await makeRun(`${cwd}/runs`, {
      run,
      phases: [{ phase: "count", key: "ba9876543210", change: { item: "harbour" } }],
      events: [{ type: "phase-failed", phase: "count", key, item, error }],
      state: "unfinished",
    });
    mkdirSync(`${directory}/phases/count/${key}`, { recursive: true });
    writeFileSync(`${directory}/phases/count/${key}/log.ndjson`, "");
    const { stdout } = await call(show, cwd, [], { runsDir: "runs" });
    expect(stdout).toMatch(/✓ count\[ba9876543210\] +12\.3 s {2}item "harbour"\n/);
    expect(stdout).toContain(`✗ count[${key}]  failed for {"lr":0.1,"seed":2}: There is no word in it.\n`);
    expect(stdout.split("\n").at(-1)).toBe(
      `What count[${key}] said: orchestrate logs 'count[${key}]' 20261121T204235Z-aaaa`,
    );
    const document = JSON.parse((await call(show, cwd, [], { runsDir: "runs", json: true })).stdout);
    expect(document.phases).toMatchObject([{ id: "source" }, { item: "harbour" }, { item }, { id: "report" }]);
  });

  it("says which runs there are where a name is wrong", async () => {
    const cwd = freshDirectory();
    await makeRun(`${cwd}/runs`, { run, phases: whole });
    const wrong = await call(show, cwd, ["20261121T204235Z-aaab"], { runsDir: "runs", json: true });
    expect(wrong.status).toBe(2);
    expect(JSON.parse(wrong.stderr)).toEqual({
      error: "run-not-found",
      detail: `There is no run "20261121T204235Z-aaab" in ${cwd}/runs, nor a run directory at ${cwd}/20261121T204235Z-aaab.`,
      hint: 'Did you mean "20261121T204235Z-aaaa"?',
    });
    const far = await call(show, cwd, ["20261121T204236Z-k3f9"], { runsDir: "runs", json: true });
    expect(JSON.parse(far.stderr)).toMatchObject({
      hint: "`orchestrate runs` lists those that there are; --runs-dir names another place.",
    });
  });
});
