import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePhaseDirectories } from "@orchestrate/manifests";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fenceRun, fenceText, writeFence } from "./fence.ts";
import { processStat } from "./process-table.ts";

let run: string;
let staging: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), "fence-"));
  const [phase] = makePhaseDirectories(run, [{ phase: "train", key: null }], "relaxed").paths;
  staging = `${phase}/attempt-1`;
});
afterEach(() => rmSync(run, { recursive: true }));

/** A process group whose leader has ended, and the one process that is left of it. */
async function leaderlessGroup(): Promise<{ readonly group: number; readonly member: number } & AsyncDisposable> {
  const leader = spawn("sh", ["-c", "sleep 1000 > /dev/null & echo $!"], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [[said]] = await Promise.all([once(leader.stdout, "data"), once(leader, "exit")]);
  const member = Number(String(said));
  const end = async () => {
    if (processStat(member) !== undefined) process.kill(member, "SIGKILL");
  };
  return { group: leader.pid!, member, [Symbol.asyncDispose]: end };
}

describe.skipIf(!existsSync("/proc/self/ns/pid"))("what is left of an attempt (needs /proc)", () => {
  it("is killed, though its leader is gone", async () => {
    await using left = await leaderlessGroup();
    writeFence(staging, fenceText(left.group));
    fenceRun(run, "r");
    // A process that was killed takes a moment to end.
    while (processStat(left.member) !== undefined) await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([
    { where: "another boot", other: { boot: "another" } },
    { where: "another container", other: { namespace: "pid:[1]" } },
  ])("is no one here where the attempt was of $where", async ({ other }) => {
    await using innocent = await leaderlessGroup();
    writeFence(staging, JSON.stringify({ ...JSON.parse(fenceText(innocent.group)), ...other }));
    fenceRun(run, "r");
    expect(processStat(innocent.member)).toBeDefined();
  });
});
