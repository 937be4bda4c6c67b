import { expect, it } from "vitest";
import { isPlainPath } from "./plain-path.ts";

it.each(["a", "a/b.c", "...", "..a/b..", " "])("%j goes down only", (path) => {
  expect(isPlainPath(path)).toBe(true);
});

it.each(["", "/a", "a/", "a//b", ".", "./a", "a/.", "..", "a/../b", "a/..", "a\0b"])("%j is refused", (path) => {
  expect(isPlainPath(path)).toBe(false);
});
