import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../../io/run-directory/run-lock.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { makeRun } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as runs from "./runs.ts";

const whole = [{ phase: "source" }, { phase: "count", key: "a" }, { phase: "count", key: "b" }, { phase: "report" }];
const lists = { runsDir: "runs" };

async function outcomes(cwd: string): Promise<readonly (readonly [string, string, string])[]> {
  const { stdout } = await call(runs, cwd, [], { ...lists, json: true });
  const { runs: found } = JSON.parse(stdout) as {
    runs: { run: string; outcome: string; phases: { done: number; expected: number | null } }[];
  };
  return found.map(({ run, outcome, phases }) => [run.slice(-4), outcome, `${phases.done}/${phases.expected}`]);
}

describe("runs", () => {
  it("says that there are none", async () => {
    expect(await call(runs, freshDirectory(), [], lists)).toEqual({
      status: 0,
      stdout: "There are no runs in runs.",
      stderr: "",
    });
  });

  it("lists each with its outcome and how far it came, the newest first", async () => {
    const cwd = freshDirectory();
    await makeRun(`${cwd}/runs`, { run: "20261121T204235Z-aaaa", phases: whole });
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204236Z-bbbb",
      phases: whole.slice(0, 2),
      state: "unfinished",
      events: [{ type: "run-finished", outcome: "failed", run_hash: null }],
    });
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204237Z-cccc",
      phases: whole.slice(0, 1),
      state: "unfinished",
      events: [{ type: "run-finished", outcome: "interrupted", run_hash: null }],
    });
    const held = await makeRun(`${cwd}/runs`, { run: "20261121T204238Z-dddd", phases: [], state: "unfinished" });
    mkdirSync(`${cwd}/runs/20261121T204239Z-eeee`);
    writeFileSync(`${cwd}/runs/20261121T204239Z-eeee/run.json`, "{");
    const lock = await acquireLock(`${held}/run.lock`, "The run");
    const found = await outcomes(cwd);
    lock.release();
    expect(found).toEqual([
      ["eeee", "unreadable", "0/null"],
      ["dddd", "running", "0/4"],
      ["cccc", "unfinished", "1/4"],
      ["bbbb", "failed", "2/4"],
      ["aaaa", "succeeded", "4/4"],
    ]);
    expect((await outcomes(cwd))[1]).toEqual(["dddd", "unfinished", "0/4"]);
  });

  it("knows no count while a list has yet to be made, and learns it from the journal", async () => {
    const cwd = freshDirectory();
    const resolved = {
      pipeline: "words",
      phases: { source: { step: "text/read" }, count: { step: "text/count", each: "source.text" } },
    };
    const document = { resolved, selected: ["count"] };
    const late = { phases: [{ phase: "source" }], state: "unfinished", document } as const;
    await makeRun(`${cwd}/runs`, { run: "20261121T204235Z-aaaa", ...late });
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204236Z-bbbb",
      ...late,
      events: [{ type: "phase-expanded", phase: "count", keys: ["x", "y", "z"] }],
    });
    expect(await outcomes(cwd)).toEqual([
      ["bbbb", "unfinished", "1/4"],
      ["aaaa", "unfinished", "1/null"],
    ]);
  });

  it("is a table for people", async () => {
    const cwd = freshDirectory();
    const created = new Date(Date.now() - 3 * 3_600_000).toISOString();
    await makeRun(`${cwd}/runs`, { run: "20261121T204235Z-aaaa", phases: whole, document: { created } });
    const { stdout } = await call(runs, cwd, [], lists);
    expect(stdout).toMatch(
      /^run {20}pipeline {2}outcome {4}phases {2}begun {4}run_hash\n20261121T204235Z-aaaa {2}words {5}succeeded {5}4\/4 {2}3 h ago {2}[0-9a-f]{12}$/,
    );
  });
});
