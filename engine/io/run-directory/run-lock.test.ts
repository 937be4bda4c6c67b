import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acquireLock } from "./run-lock.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "run-lock-"));
});
afterEach(() => rmSync(place, { recursive: true }));

it("is held by one, and by another once it is released", async () => {
  const path = join(place, "run.lock");
  const held = await acquireLock(path, "The run r");
  await expect(acquireLock(path, "The run r")).rejects.toMatchObject({
    code: "locked",
    category: "policy",
    detail: `The run r is being driven by another engine (${path} is locked).`,
    hint: "Wait for it to end, or stop it.",
  });
  held.release();
  (await acquireLock(path, "The run r")).release();
});

it("says why nothing can be locked at a place", async () => {
  const path = join(place, "none/run.lock");
  await expect(acquireLock(path, "The run r")).rejects.toMatchObject({
    code: "lock-failed",
    category: "io",
    detail: `Could not lock ${path}: ENOENT: no such file or directory, open '${path}'.`,
    hint: "See that this user may write there, on a disk of this machine that has room.",
  });
});
