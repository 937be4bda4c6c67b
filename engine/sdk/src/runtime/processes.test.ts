import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StepError } from "../errors.ts";
import { createProcesses, type ProcessesOptions } from "./processes.ts";
import { spawnError } from "./spawn-error.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "processes-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function processes(options: Partial<ProcessesOptions> = {}) {
  const log: string[] = [];
  const { run } = createProcesses({
    attempt: "run/phase/1",
    environment: process.env,
    allowed: {},
    mask: (line) => line.replaceAll("hunter2", "***"),
    write: (stream, line) => log.push(`${stream}: ${line}`),
    signal: new AbortController().signal,
    ...options,
  });
  return { run, log, sh: (line: string, more?: Parameters<typeof run>[1]) => run(["/bin/sh", "-c", line], more) };
}

describe("createProcesses", () => {
  it("runs a program without a shell, and logs both streams", async () => {
    const { run, log } = processes();
    expect(await run(["echo", "$HOME; `id`"])).toEqual({ status: 0, signal: null, tail: ["$HOME; `id`"] });
    expect(log).toEqual(["stdout: $HOME; `id`"]);
  });

  it("gives status, signal and the last twenty lines", async () => {
    const { sh } = processes();
    const failed = await sh("i=0; while [ $i -lt 30 ]; do echo $i; i=$((i+1)); done; echo bad >&2; exit 3");
    expect(failed.status).toBe(3);
    expect(failed.tail.length).toBe(20);
    expect(failed.tail).toContain("bad");
    expect(failed.tail).toContain("29");
    expect(await sh("kill -9 $$")).toMatchObject({ status: null, signal: "SIGKILL" });
  });

  it("reads everything that a large writer leaves in the pipes at its end", async () => {
    const { sh, log } = processes();
    await sh("i=0; while [ $i -lt 20000 ]; do echo line-$i; i=$((i+1)); done");
    expect(log.length).toBe(20_000);
    expect(log.at(-1)).toBe("stdout: line-19999");
  });

  it("does not wait for a background process that holds the pipes", async () => {
    const { sh } = processes();
    const result = await sh('sleep 600 & echo "$!"');
    const background = Number(result.tail[0]);
    // It is still there, and still holds what it inherited.
    expect(() => process.kill(background, 0)).not.toThrow();
    process.kill(background, "SIGKILL");
    expect(result.status).toBe(0);
  });

  it("does not wait for a background process that never stops writing", async () => {
    const { sh } = processes();
    const said: string[] = [];
    const result = await sh('yes & echo "$!" >&2', {
      onLine: (stream, line) => stream === "stderr" && said.push(line),
    });
    const background = Number(said[0]);
    // It meets a closed pipe now, and may have ended by that already.
    spawnSync("kill", ["-KILL", String(background)]);
    expect(result.status).toBe(0);
    expect(background).toBeGreaterThan(1);
  });

  it("gives an environment by allow-list", async () => {
    const environment = { PATH: process.env.PATH, HOME: "/home/x", LC_ALL: "C", TZ: "UTC", AWS_KEY: "leak", CI: "1" };
    const { sh, log } = processes({ environment, allowed: { ALLOWED: "yes" } });
    await sh("env", { env: { GIVEN: "here", ORCHESTRATE_ATTEMPT: "forged" } });
    const names = ["ALLOWED", "GIVEN", "HOME", "LC_ALL", "ORCHESTRATE_ATTEMPT", "PATH", "TZ"];
    // The shell adds some of its own.
    const seen = log.map((line) => line.replace(/^stdout: /, "").split("=")[0] ?? "");
    expect(seen.filter((name) => !["PWD", "SHLVL", "_", "OLDPWD"].includes(name)).sort()).toEqual(names);
    expect(log).toContain("stdout: ORCHESTRATE_ATTEMPT=run/phase/1");
  });

  it("closes standard input, or writes what is given", async () => {
    const { sh, run } = processes();
    expect((await sh("cat; echo end")).tail).toEqual(["end"]);
    expect((await run(["tr", "a-z", "A-Z"], { input: "loud" })).tail).toEqual(["LOUD"]);
    // A program that reads nothing of a large input is no error.
    expect((await run(["true"], { input: "x".repeat(1 << 20) })).status).toBe(0);
  });

  it("gives every line to onLine and every event line to onEvent, masked", async () => {
    const { sh, log } = processes();
    const lines: string[] = [];
    const events: string[] = [];
    await sh('echo out hunter2; echo err >&2; echo "event hunter2 on $ORCHESTRATE_EVENTS_FD" >&3', {
      onLine: (stream, line) => lines.push(`${stream}: ${line}`),
      onEvent: (line) => events.push(line),
    });
    expect(lines.sort()).toEqual(["stderr: err", "stdout: out ***"]);
    expect(log.sort()).toEqual(lines);
    expect(events).toEqual(["event *** on 3"]);
  });

  it("opens no descriptor 3 where nobody listens", async () => {
    const { sh } = processes();
    expect((await sh("(: >&3) 2>/dev/null; echo $?; echo ${ORCHESTRATE_EVENTS_FD-unset}")).tail).toEqual([
      "2",
      "unset",
    ]);
  });

  it("passes on what a step's own callback throws, once the child has ended", async () => {
    const { sh } = processes();
    const thrown = sh("echo one", {
      onLine: () => {
        throw new Error("from the callback");
      },
    });
    await expect(thrown).rejects.toThrow("from the callback");
  });

  it("ends the child when the attempt aborts, and starts none afterwards", async () => {
    const controller = new AbortController();
    const { sh } = processes({ signal: controller.signal });
    const result = await sh("trap 'echo bye; exit 9' TERM; echo ready; while :; do sleep 0.01; done", {
      onLine: (_, line) => {
        if (line === "ready") controller.abort(new Error("enough"));
      },
    });
    expect(result).toMatchObject({ status: 9, tail: ["ready", "bye"] });
    await expect(sh("true")).rejects.toThrow("enough");
  });

  it("ends one child by a signal of its own", async () => {
    const { run } = processes();
    const stop = new AbortController();
    const child = run(["/bin/sh", "-c", "echo up; exec sleep 60"], { signal: stop.signal, onLine: () => stop.abort() });
    expect(await child).toMatchObject({ status: null, signal: "SIGTERM" });
    expect(await run(["sleep", "60"], { signal: stop.signal })).toMatchObject({ signal: "SIGTERM" });
    expect(await run(["true"])).toMatchObject({ status: 0 });
  });

  it("stays in the process group of its parent", async () => {
    const { sh } = processes();
    const { tail } = await sh("ps -o pgid= -p $$; ps -o pgid= -p $PPID");
    expect(tail.length).toBe(2);
    expect(tail[0]).toBe(tail[1]);
  });

  it("leaves no listener on the attempt's signal", async () => {
    const { signal } = new AbortController();
    const { sh } = processes({ signal });
    await sh("true");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("createProcesses, where a program can't be started", () => {
  async function refusal(argv: readonly string[], options = {}): Promise<StepError> {
    return processes()
      .run(argv, options)
      .then(
        () => expect.unreachable(),
        (error: unknown) => error as StepError,
      );
  }

  it("names a program that PATH does not hold", async () => {
    expect((await refusal(["no-such-program"])).toEnvelope()).toEqual({
      error: "program-not-found",
      category: "input",
      detail: 'The program "no-such-program" was not found.',
      hint: "Install it, put its directory on PATH, or give its full path.",
    });
    expect((await refusal(["/no/such"])).hint).toBe("Give the path of a file that exists.");
  });

  it.each([
    ["#!/no/such -u\n", "Install that program, or name another one first, as in: python3 script.py."],
    ["#!/bin/sh\r\n", "Let its lines end in a line feed alone: the carriage return counts as part of the name."],
  ])("names what is to run a script, and is not there: %j", async (line, hint) => {
    const script = join(directory, "script.sh");
    writeFileSync(script, `${line}exit 0\n`, { mode: 0o755 });
    expect(await refusal([script])).toMatchObject({
      code: "program-not-found",
      detail: `"${script}" is to be run by ${/[\w/]+/.exec(line)?.[0]}, which was not found.`,
      hint,
    });
  });

  it("looks for such a script where the program would run, and at no more of it than the system does", async () => {
    mkdirSync(join(directory, "below"));
    writeFileSync(join(directory, "below/script.sh"), `#!/no/such\n${"x".repeat(300)}`, { mode: 0o755 });
    writeFileSync(join(directory, "below/odd.sh"), `#${" ".repeat(300)}!/no/such\n`, { mode: 0o755 });
    const missing = Object.assign(new Error("spawn ENOENT"), { code: "ENOENT" });
    const told = (script: string) => spawnError(missing, script, join(directory, "below"), "").detail;
    expect(told("./script.sh")).toBe('"./script.sh" is to be run by /no/such, which was not found.');
    expect(told("./odd.sh")).toBe('"./odd.sh" is to be run by a program, which was not found.');
    expect(told("./none.sh")).toBe('The program "./none.sh" was not found.');
  });

  it("tells a program that is nowhere from one that may not be executed, where PATH can't be searched", () => {
    // What the system says of both, where some directory of PATH is another user's.
    const denied = Object.assign(new Error("spawn EACCES"), { code: "EACCES" });
    writeFileSync(join(directory, "script.py"), "print(1)\n");
    const path = `/no/such:${directory}`;
    expect(spawnError(denied, "no-such-program", undefined, path)).toMatchObject({ code: "program-not-found" });
    expect(spawnError(denied, "script.py", undefined, path)).toMatchObject({ code: "program-not-executable" });
  });

  it("names a file that is not executable", async () => {
    const script = join(directory, "script.py");
    writeFileSync(script, "print(1)\n");
    expect((await refusal([script])).toEnvelope()).toEqual({
      error: "program-not-executable",
      category: "input",
      detail: `"${script}" can't be executed.`,
      hint: "Set its executable bit, or name the interpreter first, as in: python3 script.py.",
    });
  });

  it("names a working directory that does not exist", async () => {
    expect(await refusal(["true"], { cwd: "/no/such" })).toMatchObject({
      code: "working-directory-missing",
      detail: 'The working directory "/no/such" of "true" does not exist.',
    });
  });

  it("tells what else the operating system says", async () => {
    expect(await refusal(["echo", "x".repeat(4 << 20)])).toMatchObject({
      code: "program-not-started",
      detail: 'The arguments and variables of "echo" are more than this machine allows (E2BIG).',
      hint: "Write what is long to a file, and give its path; the item of a fan-out is a variable as well.",
    });
    expect((await refusal(["echo", "a\0b"])).detail).toContain('The program "echo" could not be started');
  });
});
