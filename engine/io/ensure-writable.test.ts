import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensureWritable } from "./ensure-writable.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "ensure-writable-"));
});
afterEach(() => rmSync(place, { recursive: true }));

it("makes a file that is for all whom the umask allows", () => {
  const path = join(place, "file");
  ensureWritable(path);
  expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
});

it("leaves one that is there as it is", () => {
  const path = join(place, "file");
  writeFileSync(path, "text", { mode: 0o600 });
  ensureWritable(path);
  expect(statSync(path)).toMatchObject({ size: 4, mode: 0o100600 });
});

it("throws what the system says where none can be made", () => {
  expect(() => ensureWritable(join(place, "none/file"))).toThrow("ENOENT");
});
