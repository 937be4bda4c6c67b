import { chmodSync, cpSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { makeRun } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as verify from "./verify.ts";

const run = "20261121T204235Z-aaaa";
const phases = [{ phase: "source" }, { phase: "count", key: "a", inputs: { text: "source" } }] as const;

describe("verify", () => {
  it("says what was checked of a run that is whole, moved elsewhere as well", async () => {
    const cwd = freshDirectory();
    const runDir = await makeRun(`${cwd}/runs`, { run, phases });
    cpSync(runDir, `${cwd}/elsewhere`, { recursive: true });
    expect(await call(verify, cwd, ["elsewhere"], { runsDir: "runs" })).toEqual({
      status: 0,
      stdout: "✓ every digest agrees: elsewhere, finished; checked 2 phases, 2 artifacts, 1 input, 0 sources",
      stderr: "",
    });
  });

  it("lists what is not as it was, expected and found, with status 3", async () => {
    const cwd = freshDirectory();
    const runDir = await makeRun(`${cwd}/runs`, { run, phases });
    const artifact = `${runDir}/phases/source/artifacts/text.txt`;
    chmodSync(artifact, 0o644);
    writeFileSync(artifact, "tamper");
    const { status, stdout, stderr } = await call(verify, cwd, [], { runsDir: "runs" });
    expect(status).toBe(3);
    expect(stdout.split("\n").map((line) => line.replace(/sha256:\w{64}/, "HASH"))).toEqual([
      "✗ 1 problem: 20261121T204235Z-aaaa, finished; checked 2 phases, 2 artifacts, 1 input, 0 sources",
      "  phases/source/artifacts/text.txt: digest differs",
      "      expected  HASH",
      "      found     HASH",
    ]);
    expect(stderr).toBe(
      [
        `error: ${runDir} does not verify: 1 problem, the first at phases/source/artifacts/text.txt: digest differs.`,
        "hint:  Something changed it after it was written. Restore it from a copy, or run the pipeline again.",
        "code:  run-not-verified",
      ].join("\n"),
    );
  });

  it("tells a run that is not as it was from a source that has changed since", async () => {
    const cwd = freshDirectory();
    writeFileSync(`${cwd}/notes.txt`, "edited since");
    const digest = `sha256:${"0".repeat(64)}`;
    const sourced = { phase: "source", change: { inputs: { file: { path: `${cwd}/notes.txt`, digest } } } };
    const runDir = await makeRun(`${cwd}/runs`, { run, phases: [sourced], state: "unfinished" });
    const { status, stderr } = await call(verify, cwd, [], { runsDir: "runs" });
    expect(status).toBe(3);
    expect(stderr).toBe(
      [
        `error: ${runDir} does not verify: 1 problem, the first at phases/source/manifest.json inputs.file: source has changed since.`,
        "hint:  The run itself is as it was written. Run the pipeline again, or leave out what lies outside of it: --sources skip.",
        "code:  run-not-verified",
      ].join("\n"),
    );
  });

  it("says what it could not check, and gives the whole verification with --json", async () => {
    const cwd = freshDirectory();
    const sourced = {
      phase: "source",
      change: { inputs: { file: { path: "notes.txt", digest: `sha256:${"0".repeat(64)}` } } },
    };
    const runDir = await makeRun(`${cwd}/runs`, { run, phases: [sourced], state: "unfinished" });
    const { status, stdout } = await call(verify, cwd, [], { runsDir: "runs" });
    expect(status).toBe(0);
    expect(stdout).toContain("unfinished; checked 1 phase,");
    expect(stdout).toContain(
      "not checked\n  phases/source/manifest.json inputs.file  outside of the run, and not there",
    );
    const skipped = await call(verify, cwd, [], { runsDir: "runs", sources: "skip", json: true });
    expect(JSON.parse(skipped.stdout)).toMatchObject({
      directory: runDir,
      run,
      state: "unfinished",
      ok: true,
      problems: [],
      unchecked: [{ where: "phases/source/manifest.json inputs.file", why: "outside of the run, and skipped" }],
    });
  });

  it("refuses a mode that it does not know", async () => {
    const { status, stderr } = await call(verify, freshDirectory(), [], { sources: "maybe", json: true });
    expect([status, JSON.parse(stderr)]).toEqual([
      2,
      {
        error: "usage",
        detail: "--sources maybe is neither check nor skip.",
        hint: "Write --sources check, or --sources skip.",
      },
    ]);
  });
});
