import { linkSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roomOnDisk } from "./room-on-disk.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "room-"));
  for (const name of ["a", "b", "c"]) mkdirSync(join(place, name));
});
afterEach(() => rmSync(place, { recursive: true }));

const at = (path: string) => join(place, path);
const blocks = (...paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(at(path)).blocks * 512, 0);

describe("the room that comes back", () => {
  it("is that of files and directories, whatever a symbolic link points to", () => {
    writeFileSync(at("b/large"), Buffer.alloc(100_000));
    writeFileSync(at("a/file"), Buffer.alloc(10_000));
    const before = roomOnDisk([at("a")]);
    expect(before).toBe(blocks("a", "a/file"));
    symlinkSync(at("b/large"), at("a/link"));
    expect(roomOnDisk([at("a")]) - before).toBeLessThan(10_000);
    expect(roomOnDisk([at("none")])).toBe(0);
  });

  it("counts a file with several links once, and only if all of them go", () => {
    writeFileSync(at("a/file"), Buffer.alloc(10_000));
    for (const path of ["a/again", "b/file", "c/file"]) linkSync(at("a/file"), at(path));
    expect(roomOnDisk([at("a"), at("b")])).toBe(blocks("a", "b"));
    expect(roomOnDisk([at("a"), at("b"), at("c")])).toBe(blocks("a", "b", "c", "a/file"));
  });
});
