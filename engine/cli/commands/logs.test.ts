import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../../io/run-directory/run-lock.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { appendEvent, makeRun } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import { followLog } from "../records/follow-log.ts";
import * as logs from "./logs.ts";

const run = "20261121T204235Z-aaaa";
const time = "2026-11-21T20:42:36.789Z";
const lines = [
  { time, attempt: 1, stream: "log", level: "info", message: "epoch 1", fields: { mcc: 0.9 } },
  { time, attempt: 1, stream: "stdout", message: "from a program" },
  { time, attempt: 1, stream: "stderr", message: "and to its stderr" },
  { time, attempt: 2, stream: "log", level: "error", message: "no more" },
];
const origin = { run: "20261101T000000Z-zzzz", phase: "count", key: "x", manifest: `sha256:${"0".repeat(64)}` };

async function aRun(): Promise<string> {
  const cwd = freshDirectory();
  await makeRun(`${cwd}/runs`, {
    run,
    state: "unfinished",
    phases: [
      { phase: "source", log: lines },
      { phase: "count", key: "a" },
      { phase: "count", key: "b", change: { reused: origin } },
    ],
  });
  return cwd;
}

describe("logs", () => {
  it("shows a phase's lines: the time of day, what it is, and the words", async () => {
    const { status, stdout, stderr } = await call(logs, await aRun(), ["source"], { runsDir: "runs" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toEqual([
      "20:42:36.789  info    epoch 1  mcc=0.9",
      "20:42:36.789  stdout  from a program",
      "20:42:36.789  stderr  and to its stderr",
      "20:42:36.789  error   no more",
    ]);
  });

  it("leaves out escape sequences, which --json keeps", async () => {
    const cwd = freshDirectory();
    const log = [{ time, attempt: 1, stream: "stdout", message: "\u001b[31mred\u001b[0m\u0007" }];
    await makeRun(`${cwd}/runs`, { run, state: "unfinished", phases: [{ phase: "source", log }] });
    const shown = await call(logs, cwd, ["source"], { runsDir: "runs" });
    expect(shown.stdout).toBe("20:42:36.789  stdout  red\\x07");
    const json = await call(logs, cwd, ["source"], { runsDir: "runs", json: true });
    expect(JSON.parse(json.stdout)).toEqual(log[0]);
  });

  it("gives the lines as they are with --json", async () => {
    const { stdout } = await call(logs, await aRun(), ["source", run], { runsDir: "runs", json: true });
    expect(stdout.split("\n").map((line) => JSON.parse(line))).toEqual(lines);
  });

  it("says why there is nothing", async () => {
    const cwd = await aRun();
    expect((await call(logs, cwd, ["count[a]"], { runsDir: "runs" })).stderr).toBe("count[a] wrote no log.");
    expect((await call(logs, cwd, ["count[b]"], { runsDir: "runs" })).stderr).toBe(
      "count[b] was reused; its log is in the run that computed it: orchestrate logs count[x] 20261101T000000Z-zzzz",
    );
  });

  it.each([
    ["soruce", "phase-not-found", `The run ${run} has no phase "soruce".`, 'Did you mean "source"?'],
    ["source[a]", "phase-not-found", `The run ${run} has no phase "source[a]".`, 'Did you mean "source"?'],
    ["count", "phase-has-instances", "count is fanned out: it has 2 instances.", 'Name one of them, as "count[a]".'],
    [
      "report",
      "phase-not-begun",
      `report has not begun in the run ${run}.`,
      "Wait for it with --follow, or go on with the run: orchestrate resume.",
    ],
  ])("refuses %s", async (wanted, error, detail, hint) => {
    const { status, stderr } = await call(logs, await aRun(), [wanted], { runsDir: "runs", json: true });
    expect([status, JSON.parse(stderr)]).toEqual([2, { error, detail, hint }]);
  });
});

/** A phase that is running, a follower of its log, and how to let it look. */
async function following() {
  const cwd = freshDirectory();
  const runDirectory = await makeRun(`${cwd}/runs`, { run, state: "unfinished", phases: [{ phase: "source" }] });
  const lock = await acquireLock(`${runDirectory}/run.lock`, "The run");
  const phaseDirectory = `${runDirectory}/phases/report`;
  const seen: string[] = [];
  let look = () => {};
  let closed = 0;
  const looked: (() => void)[] = [];
  const done = followLog({
    runDirectory,
    phaseDirectory,
    id: "report",
    line: (text) => {
      seen.push(text);
      looked.shift()?.();
    },
    watch: (_directories, onChange) => {
      look = onChange;
      return { close: () => void closed++ };
    },
  });
  const write = (text: string) => {
    mkdirSync(phaseDirectory, { recursive: true });
    appendFileSync(`${phaseDirectory}/log.ndjson`, text);
  };
  return {
    runDirectory,
    phaseDirectory,
    lock,
    seen,
    done,
    write,
    look: () => look(),
    lineSeen: () => new Promise<void>((resolve) => void looked.push(resolve)),
    closed: () => closed,
  };
}

describe("following a log", () => {
  it("gives lines as they come, torn ones once they are whole, until the phase is committed", async () => {
    const { write, look, lineSeen, seen, phaseDirectory, done, lock, closed } = await following();
    let next = lineSeen();
    write("one\ntw");
    look();
    await next;
    expect(seen).toEqual(["one"]);
    next = lineSeen();
    write("o\n");
    look();
    await next;
    write("three\n");
    writeFileSync(`${phaseDirectory}/manifest.json`, "{}");
    look();
    await done;
    expect(seen).toEqual(["one", "two", "three"]);
    expect(closed()).toBe(1);
    lock.release();
  });

  it("ends when the phase has failed", async () => {
    const { write, look, runDirectory, done, seen, lock } = await following();
    write("last words\n");
    const error = { error: "e", category: "failed", detail: "d", hint: "h" };
    appendEvent(runDirectory, { type: "phase-failed", phase: "report", key: null, error });
    look();
    await done;
    expect(seen).toEqual(["last words"]);
    lock.release();
  });

  it("ends when no engine drives the run any more", async () => {
    const { lock, look, done, seen } = await following();
    lock.release();
    look();
    await done;
    expect(seen).toEqual([]);
  });

  it("gives what there is of a run that is over, from the command itself", async () => {
    const { stdout } = await call(logs, await aRun(), ["source"], { runsDir: "runs", follow: true });
    expect(stdout.split("\n")).toHaveLength(4);
  });
});
