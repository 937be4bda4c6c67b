import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../../io/run-directory/run-lock.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { makeRun } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as gc from "./gc.ts";

const phases = [{ phase: "source" }];
const name = (end: string) => `20261121T2042${end.charCodeAt(0) - 60}Z-${end.repeat(4)}`;
const options = { runsDir: "runs" };

async function makeRuns(cwd: string, ...ends: readonly string[]): Promise<void> {
  for (const end of ends) await makeRun(`${cwd}/runs`, { run: name(end), phases });
}

const runsIn = (cwd: string) => readdirSync(`${cwd}/runs`).filter((entry) => !entry.startsWith("."));

describe("gc", () => {
  it("deletes nothing unless it is told how much to keep", async () => {
    const cwd = freshDirectory();
    await makeRuns(cwd, "a");
    expect(await call(gc, cwd, [], options)).toEqual({
      status: 2,
      stdout: "",
      stderr: [
        "error: gc deletes runs, and was not told how many to keep.",
        "hint:  `orchestrate gc --keep 10 --dry-run` shows what would go if the newest ten of each pipeline stay.",
        "code:  usage",
      ].join("\n"),
    });
    expect((await call(gc, cwd, [], { ...options, keep: "few" })).stderr).toContain(
      "error: --keep few is not a whole number from 0 on.",
    );
    expect(runsIn(cwd)).toEqual([name("a")]);
  });

  it("says that there are no runs, and makes no directory", async () => {
    const cwd = freshDirectory();
    expect((await call(gc, cwd, [], { ...options, keep: "1" })).stdout).toBe("There are no runs in runs.");
    expect(existsSync(`${cwd}/runs`)).toBe(false);
  });

  it("shows what it would delete, and then deletes it", async () => {
    const cwd = freshDirectory();
    await makeRuns(cwd, "a", "b", "c");
    const tried = await call(gc, cwd, [], { ...options, keep: "1", dryRun: true });
    expect(tried.stdout).toMatch(
      new RegExp(
        [
          "^Would delete 2 of 3 runs: \\d+ KiB\\.",
          `  ${name("b")}  would be deleted`,
          `  ${name("a")}  would be deleted`,
          `  ${name("c")}  kept: one of the newest$`,
        ].join("\n"),
      ),
    );
    expect(runsIn(cwd)).toHaveLength(3);
    const done = await call(gc, cwd, [], { ...options, keep: "1" });
    expect(done.stdout).toBe(tried.stdout.replace("Would delete", "Deleted").replaceAll("would be deleted", "deleted"));
    expect(runsIn(cwd)).toEqual([name("c")]);
  });

  it("goes by the names of directories, as of a run that was copied", async () => {
    const cwd = freshDirectory();
    await makeRuns(cwd, "a");
    cpSync(`${cwd}/runs/${name("a")}`, `${cwd}/runs/${name("b")}`, { recursive: true });
    const { stdout } = await call(gc, cwd, [], { ...options, keep: "0" });
    expect(stdout).toContain(`\n  ${name("b")}  deleted\n  ${name("a")}  deleted`);
    expect(runsIn(cwd)).toEqual([]);
  });

  it("deletes what attempts left in a complete run that stays, and nothing of one that can be resumed", async () => {
    const cwd = freshDirectory();
    const complete = await makeRun(`${cwd}/runs`, { run: name("a"), phases });
    const unfinished = await makeRun(`${cwd}/runs`, { run: name("b"), phases, state: "unfinished" });
    for (const run of [complete, unfinished])
      for (const left of ["attempt-3", "attempt-3.checkpoints", "discarded-1"])
        mkdirSync(`${run}/phases/source/${left}`);
    const { stdout } = await call(gc, cwd, [], { ...options, keep: "9" });
    expect(stdout.split("\n")[0]).toMatch(/^Deleted 3 leftovers of attempts in runs that stay: \d+ (B|KiB)\.$/);
    expect(readdirSync(`${complete}/phases/source`).sort()).toEqual(["artifacts", "manifest.json"]);
    expect(readdirSync(`${unfinished}/phases/source`)).toHaveLength(5);
    expect((await call(gc, cwd, [], { ...options, keep: "9" })).stdout).toMatch(/^Nothing to delete\.\n/);
  });

  it("deletes the others where one can't be deleted, says so, and ends with the status of IO", async () => {
    const cwd = freshDirectory();
    await makeRuns(cwd, "a", "b");
    rmSync(`${cwd}/runs/${name("a")}/run.lock`, { force: true });
    mkdirSync(`${cwd}/runs/${name("a")}/run.lock`);
    const { status, stdout, stderr } = await call(gc, cwd, [], { ...options, keep: "0" });
    expect(stdout).toContain(`\n  ${name("b")}  deleted\n  ${name("a")}  kept: it can't be deleted`);
    expect(stderr).toMatch(/^error: Could not lock .*run\.lock: unable to open database file\.\n/);
    expect(status).toBe(5);
    expect(runsIn(cwd)).toEqual([name("a")]);
  });

  it("says why it keeps the others", async () => {
    const cwd = freshDirectory();
    const resolved = {
      pipeline: "words",
      phases: { source: { step: "text/read", publish: { to: "out", output: "text" } }, load: { step: "text/load" } },
    };
    const digest = `sha256:${"0".repeat(64)}` as const;
    const steps = { "text/load": { plugin: "p", version: "1.0.0", code: digest, effects: "external", files: {} } };
    await makeRuns(cwd, "a");
    await makeRun(`${cwd}/runs`, { run: name("b"), phases, document: { resolved } });
    writeFileSync(`${cwd}/out`, "source");
    const begun = await makeRun(`${cwd}/runs`, {
      run: name("c"),
      phases: [],
      state: "unfinished",
      document: { resolved, steps } as never,
    });
    mkdirSync(`${begun}/phases/load`, { recursive: true });
    writeFileSync(`${begun}/phases/load/attempt-1.fence.json`, "{}");
    mkdirSync(`${cwd}/runs/${name("d")}`);
    writeFileSync(`${cwd}/runs/${name("d")}/run.json`, "{");
    const held = await makeRun(`${cwd}/runs`, { run: name("e"), phases: [], state: "unfinished" });
    await makeRun(`${cwd}/runs`, {
      run: name("f"),
      phases: [],
      state: "unfinished",
      document: { previous: { "source.text": { run: name("a"), path: "x", digest, manifest: digest } } },
    });
    const lock = await acquireLock(`${held}/run.lock`, "The run");
    const { stdout } = await call(gc, cwd, [], { ...options, keep: "1" });
    const json = JSON.parse((await call(gc, cwd, [], { ...options, keep: "1", json: true })).stdout);
    lock.release();
    expect(stdout.split("\n")).toEqual([
      "Nothing to delete.",
      `  ${name("f")}  kept: one of the newest`,
      `  ${name("e")}  kept: an engine drives it`,
      `  ${name("d")}  kept: it can't be read`,
      `  ${name("c")}  kept: load began to change something outside`,
      `  ${name("b")}  kept: the published result of source`,
      `  ${name("a")}  kept: ${name("f")} goes on from it`,
    ]);
    expect(json).toEqual({
      directory: `${cwd}/runs`,
      deleted: [],
      leftovers: [],
      bytes: 0,
      dry_run: false,
      kept: [
        { run: name("f"), reason: "recent" },
        { run: name("e"), reason: "running" },
        { run: name("d"), reason: "unreadable" },
        { run: name("c"), reason: "effect-begun", phases: ["load"] },
        { run: name("b"), reason: "published", phases: ["source"] },
        { run: name("a"), reason: "pinned", by: name("f") },
      ],
    });
  });
});
