import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { fileList } from "./file-list.ts";

const directory = mkdtempSync(join(tmpdir(), "file-list-"));
afterAll(() => rmSync(directory, { recursive: true }));

it("finds files at any depth, and takes no directory for one", () => {
  mkdirSync(join(directory, "day.csv"));
  for (const name of ["day.csv/part-0.csv", "b.tsv", "a.csv", "notes.txt"]) writeFileSync(join(directory, name), "");
  symlinkSync("..", join(directory, "day.csv/up"));
  expect(fileList(directory, ["*.csv", "*.tsv"])).toEqual(
    ["a.csv", "b.tsv", "day.csv/part-0.csv"].map((name) => join(directory, name)),
  );
  expect(fileList(join(directory, "a.csv"), ["*.tsv"])).toEqual([join(directory, "a.csv")]);
  expect(fileList(join(directory, "nowhere"), ["*.csv"])).toEqual([]);
});
