import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { findExtras, parentsOf } from "./remove-extras.ts";

describe("findExtras", () => {
  it("tells what is no output and no parent of one, sorted by the whole path", () => {
    const root = freshDirectory();
    for (const path of ["a/b/out", "a/b/x", "a/c/x", "a/out/inside", "a.txt", "out"]) place(`${root}/${path}`, "");
    expect(findExtras(root, ["a/b/out", "a/out"])).toEqual(["a.txt", "a/b/x", "a/c/", "out"]);
  });
});

describe("parentsOf", () => {
  it.each([
    ["a", []],
    ["a/b/c", ["a", "a/b"]],
  ])("%s has the parents %j", (path, parents) => {
    expect(parentsOf(path)).toEqual(parents);
  });
});
