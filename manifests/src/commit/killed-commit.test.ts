import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { sampleCommit } from "../fixtures/sample.ts";
import { readRunManifest } from "../read/read-record.ts";
import { commitAttempt } from "./commit-attempt.ts";
import { type CommitPoint, commitPoints, runCommitPoints } from "./commit-point.ts";
import { type Recovery, recoverPhase } from "./recover-phase.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

const after: Readonly<Record<CommitPoint, Recovery["state"]>> = {
  "outputs-checked": "nothing",
  "outputs-digested": "nothing",
  "outputs-sealed": "nothing",
  "manifest-prepared": "nothing",
  "attempt-synced": "nothing",
  "artifacts-renamed": "nothing",
  "artifacts-synced": "rolled-forward",
  "manifest-renamed": "rolled-forward",
  committed: "committed",
};

describe.each(["strict", "relaxed"] as const)("a %s commit killed with SIGKILL", (durability) => {
  it.each(commitPoints)("before %s ends with the digests of an undisturbed one", async (point) => {
    const undisturbed = freshDirectory();
    const { manifest, digest } = await commitAttempt(sampleCommit(undisturbed, { durability }));

    const phaseDir = freshDirectory();
    const child = spawnSync(process.execPath, [fixture("commit-and-die.ts"), phaseDir, durability, point]);
    expect(child.signal).toBe("SIGKILL");
    const recovery = await recoverPhase(phaseDir);
    expect(recovery.state).toBe(after[point]);
    if (recovery.state === "nothing") {
      expect(existsSync(`${phaseDir}/attempt-1/model.bin`)).toBe(true);
      const { outputs } = (await commitAttempt({ ...sampleCommit(freshDirectory(), { durability }), phaseDir }))
        .manifest;
      expect(outputs).toEqual(manifest.outputs);
    } else {
      expect(recovery).toMatchObject({ manifest, digest });
    }
  });
});

describe("a run's commit killed with SIGKILL", () => {
  it.each(runCommitPoints)("before %s leaves the run finished or unfinished, and nothing between", async (point) => {
    const runDir = freshDirectory();
    const child = spawnSync(process.execPath, [fixture("commit-run-and-die.ts"), runDir, point]);
    expect(child.signal).toBe("SIGKILL");
    expect(existsSync(`${runDir}/manifest.json`)).toBe(point === "run-committed");
    expect(spawnSync(process.execPath, [fixture("commit-run-and-die.ts"), runDir, "never"]).status).toBe(0);
    expect(readRunManifest(`${runDir}/manifest.json`).manifest.run).toBe("r");
  });
});
