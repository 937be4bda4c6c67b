import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteRest, deleteRun } from "./delete-run.ts";
import { acquireLock } from "./run-lock.ts";

let runsDir: string;
beforeEach(() => {
  runsDir = mkdtempSync(join(tmpdir(), "delete-run-"));
});
afterEach(() => rmSync(runsDir, { recursive: true, force: true }));

function makeRun(name: string): string {
  mkdirSync(join(runsDir, name, "phases/train/attempt-1"), { recursive: true });
  writeFileSync(join(runsDir, name, "run.json"), "{}");
  return join(runsDir, name);
}

describe("deleting a run", () => {
  it("leaves nothing of it, and leaves others alone", async () => {
    makeRun("a");
    makeRun("b");
    expect(await deleteRun(runsDir, "a")).toBe("deleted");
    expect(readdirSync(runsDir).sort()).toEqual([".deleted", "b"]);
    expect(readdirSync(join(runsDir, ".deleted"))).toEqual([]);
  });

  it("leaves a run alone that an engine drives", async () => {
    const run = makeRun("a");
    const lock = await acquireLock(join(run, "run.lock"), "The run a");
    expect(await deleteRun(runsDir, "a")).toBe("in-use");
    expect(existsSync(join(run, "run.json"))).toBe(true);
    lock.release();
    expect(await deleteRun(runsDir, "a")).toBe("deleted");
  });

  it("deletes read-only directories too", async () => {
    const run = makeRun("a");
    const staging = join(run, "phases/train/attempt-1");
    mkdirSync(join(staging, "deep"));
    writeFileSync(join(staging, "deep/file"), "");
    chmodSync(join(staging, "deep"), 0o555);
    chmodSync(staging, 0o500);
    expect(await deleteRun(runsDir, "a")).toBe("deleted");
    expect(existsSync(run)).toBe(false);
  });

  it("deletes what a killed process had moved aside", () => {
    mkdirSync(join(runsDir, ".deleted/a/phases"), { recursive: true });
    deleteRest(runsDir);
    expect(readdirSync(join(runsDir, ".deleted"))).toEqual([]);
  });

  it("says what could not be deleted, and why", async () => {
    makeRun("a");
    writeFileSync(join(runsDir, ".deleted"), "");
    await expect(deleteRun(runsDir, "a")).rejects.toMatchObject({
      category: "io",
      detail: expect.stringMatching(/^Could not delete \/.*\/a: EEXIST: .*\.$/),
      hint: expect.stringMatching(/\.$/),
    });
    expect(existsSync(join(runsDir, "a/run.json"))).toBe(true);
  });
});
