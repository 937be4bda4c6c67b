import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AppendedLines } from "./appended-lines.ts";

let place: string;
let file: string;
let lines: AppendedLines;
const append = (text: string | Uint8Array) => appendFileSync(file, text);
const next = () => [...lines.next()];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "appended-lines-"));
  file = join(place, "lines");
  lines = new AppendedLines(file);
});
afterEach(() => rmSync(place, { recursive: true }));

it("gives what was appended since, once it is there", () => {
  expect(next()).toEqual([]);
  append("a\nb\n");
  expect(next()).toEqual(["a", "b"]);
  expect(next()).toEqual([]);
  append("\nc\n");
  expect(next()).toEqual(["", "c"]);
});

it("keeps a line that has no end yet, in the middle of a character too", () => {
  const [first, ...rest] = Buffer.from("é\n");
  append("a\nb");
  append(Buffer.of(first!));
  expect(next()).toEqual(["a"]);
  expect(next()).toEqual([]);
  append(Buffer.from(rest));
  expect(next()).toEqual(["bé"]);
});

it("gives lines that are longer than what is read at once", () => {
  const long = "x".repeat(200_000);
  append(`a\n${long}\nb\n${long}`);
  expect(next()).toEqual(["a", long, "b"]);
  append("y\n");
  expect(next()).toEqual([`${long}y`]);
});

it("reads no further ahead than it is gone through", () => {
  append("a\nb\n".repeat(40_000));
  const going = lines.next();
  expect(going.next().value).toBe("a");
  append("c\n");
  expect([...going].at(-1)).toBe("c");
});
