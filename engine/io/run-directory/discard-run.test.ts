import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteTrees, discardedRuns, discardRun } from "./discard-run.ts";
import { acquireLock } from "./run-lock.ts";

let runsDir: string;
beforeEach(() => {
  runsDir = mkdtempSync(join(tmpdir(), "discard-run-"));
});
afterEach(() => rmSync(runsDir, { recursive: true, force: true }));

function makeRun(name: string): string {
  mkdirSync(join(runsDir, name, "phases/train/attempt-1"), { recursive: true });
  writeFileSync(join(runsDir, name, "run.json"), "{}");
  return join(runsDir, name);
}

const aside = (name: string) => join(runsDir, ".deleted", name);

describe("discarding a run", () => {
  it("moves it aside as a whole, and leaves others alone", async () => {
    makeRun("a");
    makeRun("b");
    expect(await discardRun(runsDir, "a")).toBe("discarded");
    expect(readdirSync(runsDir).sort()).toEqual([".deleted", "b"]);
    expect(discardedRuns(runsDir)).toEqual([aside("a")]);
    expect(existsSync(`${aside("a")}/phases/train/attempt-1`)).toBe(true);
    makeRun("a");
    expect(await discardRun(runsDir, "a")).toBe("discarded");
    expect(deleteTrees(discardedRuns(runsDir))).toEqual([]);
    expect(discardedRuns(runsDir)).toEqual([]);
  });

  it("leaves a run alone that an engine drives", async () => {
    const run = makeRun("a");
    const lock = await acquireLock(join(run, "run.lock"), "The run a");
    expect(await discardRun(runsDir, "a")).toBe("in-use");
    expect(existsSync(join(run, "run.json"))).toBe(true);
    lock.release();
    expect(await discardRun(runsDir, "a")).toBe("discarded");
  });

  it("knows one that another process has deleted meanwhile, or is about to", async () => {
    expect(await discardRun(runsDir, "a")).toBe("gone");
    const lock = await acquireLock(join(makeRun("b"), "run.lock"), "The run b");
    rmSync(join(runsDir, "b/run.json"));
    expect(await discardRun(runsDir, "b")).toBe("gone");
    lock.release();
  });

  it("says why it could not", async () => {
    makeRun("a");
    writeFileSync(join(runsDir, ".deleted"), "");
    await expect(discardRun(runsDir, "a")).rejects.toMatchObject({
      category: "io",
      detail: expect.stringMatching(/^Could not delete \/.*\/a: EEXIST: .*\.$/),
      hint: expect.stringMatching(/\.$/),
    });
    expect(existsSync(join(runsDir, "a/run.json"))).toBe(true);
  });
});

describe("deleting directories", () => {
  it("deletes read-only ones too", () => {
    const staging = join(makeRun("a"), "phases/train/attempt-1");
    mkdirSync(join(staging, "deep"));
    writeFileSync(join(staging, "deep/file"), "");
    chmodSync(join(staging, "deep"), 0o555);
    chmodSync(staging, 0o500);
    expect(deleteTrees([join(runsDir, "a"), join(runsDir, "none")])).toEqual([]);
    expect(existsSync(join(runsDir, "a"))).toBe(false);
  });

  it("deletes the others where it can't delete one, and says why", () => {
    makeRun("a");
    const tooLong = join(runsDir, "x".repeat(300));
    expect(deleteTrees([tooLong, join(runsDir, "a")])).toMatchObject([
      { category: "io", detail: expect.stringMatching(/^Could not delete \/.*x: .*too long.*\.$/) },
    ]);
    expect(existsSync(join(runsDir, "a"))).toBe(false);
  });
});
