import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { recordText } from "./fixtures/record-text.ts";
import { tracers } from "./fixtures/tracers.ts";
import step from "./record.ts";

const hello = { "hello.cjs": 'function greet(name) {\n  return `hello ${name}`;\n}\nconsole.log(greet("you"));\n' };

describe("recorder/record", () => {
  it("writes a trace with its paths, sources and metadata", async () => {
    const { events, metadata, error } = await recordText(hello, { args: ["a"] });
    expect(error).toBeUndefined();
    const program = events.find(({ Path }) => Path !== undefined)?.Path;
    expect(metadata).toMatchObject({
      recording_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      program,
      args: ["a"],
      recorder: { name: "@orchestrate/steps-recorder", target_script: program, version: "0.1.0" },
      trace_filter: { filters: [{ path: "<inline:builtin-default>", name: "builtin-default", version: 1 }] },
      process_exit_status: { code: 0, label: "exit" },
    });
    const write = events.find(({ Event }) => Event?.kind === 0)?.Event;
    expect(write?.content).toBe("hello you\n");
    expect(JSON.parse(write?.metadata ?? "")).toMatchObject({
      stream: "stdout",
      thread: 0,
      line: 4,
      flags: ["newline"],
    });
  });

  it("tells by the file's name what a program is written in", async () => {
    const { error } = await recordText({ program: "" });
    expect(error).toMatchObject({
      code: "recorder-target-unknown",
      category: "input",
      detail: expect.stringMatching(/^What ".*program" is written in can't be told by its name\.$/),
      hint: "Say target: node or target: python.",
    });
    expect((await recordText({ program: "print(1)" }, { target: "python" })).error).toBeUndefined();
  });

  it("refuses a program and filters that are not there, before anything runs", async () => {
    expect((await recordText(hello, { program: "other.js" })).error).toMatchObject({
      code: "project-file-missing",
      detail: `"other.js", which the config names in program, is no file below the pipeline's directory.`,
      hint: "Write its path relative to the pipeline file.",
    });
    expect((await recordText(hello, { filters: ["f.toml"] })).error).toMatchObject({
      detail: `"f.toml", which the config names in filters, is no file below the pipeline's directory.`,
    });
  });

  it("runs a file that can't be parsed as it is, and says so", async () => {
    const { error, log, metadata } = await recordText({ "bad.mjs": "const a = 1;\nconst a = 2;\n" });
    expect(error).toBeUndefined();
    expect(metadata.process_exit_status).toEqual({ code: 1, label: "exit" });
    expect(log.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      expect.stringMatching(/bad\.mjs is not recorded: Identifier 'a' has already been declared \(2:6\)$/),
    ]);
  });

  it("passes arguments and environment on, and masks secrets", async () => {
    const { log, text } = await recordText(
      { "a.cjs": "console.log(process.argv.slice(2).join(), process.env.ONE, process.env.TWO, process.env.THREE);\n" },
      { args: ["x", "y z"], env: { ONE: "1" }, policy: { io_capture: "off" } },
      { env: { TWO: "2" }, secrets: { THREE: "hidden-away" } },
    );
    expect(log[0]?.message).toBe("x,y z 1 2 ***");
    expect(text).not.toContain("hidden-away");
  });

  it("records neither values nor output where it is told so", async () => {
    const { events } = await recordText(hello, { values: "none", policy: { io_capture: "off" } });
    expect(events.some(({ Value, Event }) => Value ?? Event)).toBe(false);
    expect(events.filter(({ Call }) => Call).length).toBe(3);
  });

  it("masks what a program writes of a secret in the trace as well", async () => {
    const { text } = await recordText(
      { "a.cjs": "console.log(`key ${process.env.API}`);\n" },
      {},
      { secrets: { API: "hidden-away" } },
    );
    expect(text).not.toContain("hidden-away");
    expect(text).toContain("key ***");
  });

  it("has nothing in TMPDIR while a Python program runs, for whoever is killed to leave there", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "temporary-"));
    onTestFinished(() => rmSync(temporary, { recursive: true }));
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const program = "import os, sys\n\nprint([name for name in os.listdir(sys.argv[1]) if 'recorder' in name])\n";
    const { error, log } = await recordText({ "a.py": program }, { args: [temporary] });
    expect(error).toBeUndefined();
    expect(log[0]?.message).toBe("[]");
  });

  it("conforms, for both languages", async () => {
    const project = mkdtempSync(join(tmpdir(), "conforms-"));
    try {
      writeFileSync(join(project, "a.cjs"), hello["hello.cjs"]);
      writeFileSync(join(project, "a.py"), "def f(x):\n    return [x]\n\n\nprint(f(1))\n");
      await describeConformance(step, { project, config: { program: "a.cjs" }, services: tracers });
      await describeConformance(step, { project, config: { program: "a.py" }, services: tracers });
    } finally {
      rmSync(project, { recursive: true });
    }
  });
});

describe("the policy", () => {
  it("lets a failed program be, unless its end is the phase's", async () => {
    const fails = { "a.cjs": 'console.error("bad");\nprocess.exit(3);\n' };
    expect((await recordText(fails)).error).toBeUndefined();
    const { error, events } = await recordText(fails, { policy: { propagate_script_exit: true } });
    expect(error).toMatchObject({
      code: "recorded-program-failed",
      detail: expect.stringMatching(/a\.cjs ended with status 3\. Its last lines:\n {2}bad$/),
      hint: "Its trace is in the attempt's directory. Without policy.propagate_script_exit the phase would succeed.",
    });
    expect(events.length).toBeGreaterThan(5);
  });

  it("can require that something is recorded", async () => {
    const skips = `[meta]\nname = "n"\nversion = 1\n[scope]\ndefault_exec = "skip"\ndefault_value_action = "allow"\n`;
    const files = { "a.cjs": "let a = 1;\n", "f.toml": skips };
    const config = { filters: ["f.toml"], builtin: [] };
    expect((await recordText(files, config)).error).toBeUndefined();
    const { error } = await recordText(files, { ...config, policy: { require_trace: true, json_errors: true } });
    expect(error).toMatchObject({
      code: "recorder-trace-missing",
      detail: expect.stringMatching(/^Nothing of .*a\.cjs was recorded, and the policy says require_trace\.$/),
      hint: "See whether the filters skip all of it, and whether it ran at all.",
    });
  });

  it("tells a failure as JSON, and keeps a log file", async () => {
    const files = { "bad.mjs": "const a = 1;\nconst a = 2;\n" };
    const policy = { json_errors: true, propagate_script_exit: true, log_file: "recorder.log" };
    const { log, metadata } = await recordText(files, { policy });
    const trailer = JSON.parse(log.find(({ level }) => level === "error")?.message ?? "");
    expect(trailer).toMatchObject({
      run_id: metadata.recording_id,
      error_code: "recorded-program-failed",
      error_kind: "Target",
      message: expect.stringContaining("ended with status 1"),
    });
  });
});

describe("a fault of the recorder", () => {
  let project = "";
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "faults-"));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  /** The program damages the stream that its tracer writes, at the first chance. */
  const damaging = `const { appendFileSync } = require("node:fs");
appendFileSync(".recorder/stream", Buffer.from(new Uint32Array([0, 0, 1, 15]).buffer));
setTimeout(() => console.log("went on"), 1500);
`;

  it.each([
    ["abort", "remove", false],
    ["abort", "keep", true],
  ] as const)("with %s ends the program, and what was recorded is to %s", async (on_recorder_error, _, kept) => {
    writeFileSync(join(project, "a.cjs"), damaging);
    using result = await runStep(step, {
      project,
      services: tracers,
      config: { program: "a.cjs", policy: { on_recorder_error, keep_partial_trace: kept } },
    });
    expect(result.error).toMatchObject({
      code: "recorder-stream-damaged",
      category: "failed",
      detail: "The tracer's stream can't be read: 15 is no operation.",
      hint: "Something besides the tracer wrote to the stream; with policy.keep_partial_trace what was read is kept.",
    });
    expect(result.log.map(({ message }) => message)).not.toContain("went on");
    expect(existsSync(join(result.outputs.trace.path, "trace.json"))).toBe(kept);
  });

  it("with disable lets the program go on, and the metadata say why there is no trace", async () => {
    writeFileSync(join(project, "a.cjs"), damaging);
    using result = await runStep(step, {
      project,
      services: tracers,
      config: { program: "a.cjs", policy: { on_recorder_error: "disable" } },
    });
    expect(result.error).toBeUndefined();
    expect(result.log.map(({ message }) => message)).toContain("went on");
    const metadata = JSON.parse(readFileSync(join(result.outputs.trace.path, "trace_metadata.json"), "utf8"));
    expect(metadata.recorder_error).toBe("The tracer's stream can't be read: 15 is no operation.");
    expect(existsSync(join(result.outputs.trace.path, "trace.json"))).toBe(false);
  });
});
