import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dropEntry, putEntry } from "./edit-plugins-file.ts";

function fileWith(text: string | undefined): string {
  const directory = mkdtempSync(join(tmpdir(), "orchestrate-plugins-file-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "plugins.json");
  if (text !== undefined) writeFileSync(file, text);
  return file;
}

/** @param text what the file holds; undefined: it is not there */
function put(text: string | undefined, entry: Parameters<typeof putEntry>[1]): string {
  const file = fileWith(text);
  putEntry(file, entry);
  return readFileSync(file, "utf8");
}

const words = { name: "words", version: "^1.0.0", needs: [] };

describe("putEntry", () => {
  it("makes the file", () => {
    expect(put(undefined, { name: "words" })).toBe('{\n  "plugins": [\n    {\n      "name": "words"\n    }\n  ]\n}\n');
  });

  it.each([
    [
      "two spaces",
      '{\n  "plugins": [\n    "first"\n  ]\n}\n',
      '{\n  "plugins": [\n    "first",\n    {\n      "name": "words"\n    }\n  ]\n}\n',
    ],
    [
      "tabs",
      '{\n\t"plugins": [\n\t\t"first"\n\t]\n}\n',
      '{\n\t"plugins": [\n\t\t"first",\n\t\t{\n\t\t\t"name": "words"\n\t\t}\n\t]\n}\n',
    ],
    [
      "four spaces and the line ends of Windows",
      '{\r\n    "plugins": [\r\n        "first"\r\n    ]\r\n}\r\n',
      '{\r\n    "plugins": [\r\n        "first",\r\n        {\r\n            "name": "words"\r\n        }\r\n    ]\r\n}\r\n',
    ],
  ])("writes as the file is written: %s", (_how, before, after) => {
    expect(put(before, { name: "words" })).toBe(after);
  });

  it("leaves every other character as it is", () => {
    const before = '{ "$schema":"x",\n\n  "plugins" : [ "first"   , {"name":"second"} ] }';
    const after = put(before, words);
    expect(after).toBe(
      '{ "$schema":"x",\n\n  "plugins" : [ "first"   , {"name":"second"}, { "name": "words", "version": "^1.0.0", "needs": [] } ] }',
    );
  });

  it("replaces an entry of that name, and keeps the options it had", () => {
    expect(JSON.parse(put('{ "plugins": ["words", "last"] }', words)).plugins).toEqual([words, "last"]);
    const before =
      '{ "plugins": [{ "name": "words", "integrity": "x", "options": { "a": 1 }, "needs": ["network"] }] }';
    const after = put(before, { ...words, integrity: undefined });
    expect(JSON.parse(after).plugins).toEqual([{ ...words, options: { a: 1 } }]);
  });
});

describe("dropEntry", () => {
  it.each([
    ['{\n  "plugins": [\n    "first",\n    "words"\n  ]\n}\n', '{\n  "plugins": [\n    "first"\n  ]\n}\n'],
    ['{ "plugins": [{ "name": "words" }, "first"] }', '{ "plugins": ["first"] }'],
    ['{ "plugins": ["words"] }', '{ "plugins": [] }'],
  ])("takes out %j", (before, after) => {
    const file = fileWith(before);
    expect(dropEntry(file, "words")).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(after);
  });

  it("says where there is none", () => {
    const file = fileWith('{ "plugins": [] }');
    expect(dropEntry(file, "words")).toBe(false);
    expect(readFileSync(file, "utf8")).toBe('{ "plugins": [] }');
  });
});
