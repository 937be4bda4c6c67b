import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isLocked } from "./is-locked.ts";
import { acquireLock } from "./run-lock.ts";

function lockPath(): string {
  const directory = mkdtempSync(join(tmpdir(), "orchestrate-lock-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "run.lock");
}

it("tells a held lock from a free one, in this process", async () => {
  const path = lockPath();
  const held = await acquireLock(path, "The run");
  expect(isLocked(path)).toBe(true);
  held.release();
  expect(isLocked(path)).toBe(false);
  (await acquireLock(path, "The run")).release();
});

it("tells a lock that another process holds, and that it is free once that was killed", async () => {
  const path = lockPath();
  const program = `
    const { DatabaseSync } = require("node:sqlite");
    const database = new DatabaseSync(process.argv[1]);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    console.log("held");
    process.stdin.resume();`;
  const child = spawn(process.execPath, ["-e", program, path], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  expect(isLocked(path)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isLocked(path)).toBe(false);
});

it("makes no file, and takes what is no lock for free", () => {
  const path = lockPath();
  expect(isLocked(path)).toBe(false);
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, "no database at all, and longer than a header of one would be");
  expect(isLocked(path)).toBe(false);
});
