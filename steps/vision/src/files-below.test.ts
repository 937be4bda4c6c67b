import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { filesBelow } from "./files-below.ts";

const directory = mkdtempSync(join(tmpdir(), "files-below-"));
afterAll(() => rmSync(directory, { recursive: true }));

it("finds each file once, whatever is linked to what", () => {
  for (const name of ["b/c", "a"]) mkdirSync(join(directory, name), { recursive: true });
  for (const name of ["b/c/1", "b.png", "a/2"]) writeFileSync(join(directory, name), "");
  symlinkSync("..", join(directory, "b/c/up"));
  symlinkSync("../b", join(directory, "a/b"));
  symlinkSync("nowhere", join(directory, "a/gone"));
  expect(filesBelow(directory)).toEqual(["a/2", "a/b", "a/gone", "b.png", "b/c/1", "b/c/up"]);
});
