import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../../cli/fixtures/fresh-directory.ts";
import { type Look, packLooks, stillLooks } from "./looks.ts";

function look(path: string): Look {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path);
  return { path, of: "target", size, mtimeMs, ctimeMs, ino };
}

describe("packed looks", () => {
  it("hold while everything below and outside of the base looks as it did", () => {
    const [base, outside] = [freshDirectory(), freshDirectory()];
    const files = [join(base, "a"), join(outside, "b")];
    for (const file of files) writeFileSync(file, "text");
    const packed = packLooks(base, files.map(look))!;
    expect(packed.paths.split("\n")).toEqual(["a", files[1]]);
    expect(stillLooks(base, packed)).toBe(true);
    writeFileSync(files[1]!, "other text");
    expect(stillLooks(base, packed)).toBe(false);
  });

  it("tell a link from the file that it leads to", () => {
    const base = freshDirectory();
    mkdirSync(join(base, "tree"));
    writeFileSync(join(base, "file"), "text");
    symlinkSync("../file", join(base, "tree/link"));
    const ofTarget = look(join(base, "tree/link"));
    expect(stillLooks(base, packLooks(base, [ofTarget])!)).toBe(true);
    expect(stillLooks(base, packLooks(base, [{ ...ofTarget, of: "itself" }])!)).toBe(false);
  });

  it("take more entries than a call takes arguments", () => {
    const base = freshDirectory();
    writeFileSync(join(base, "a"), "text");
    const many = Array.from({ length: 300_000 }, () => look(join(base, "a")));
    expect(packLooks(base, many)!.numbers.byteLength).toBe(300_000 * 32);
  });

  it("are not made of a path with a line break", () => {
    const base = freshDirectory();
    writeFileSync(join(base, "a\nb"), "text");
    expect(packLooks(base, [look(join(base, "a\nb"))])).toBeUndefined();
  });
});
