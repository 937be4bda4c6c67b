import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordBeside } from "./fixtures/record-beside.ts";

const page = readFileSync(new URL("../../../docs/guide/recording.md", import.meta.url), "utf8").replace(/\s+/g, " ");

/** All that differs, and how the guide speaks of it. */
const documented: Readonly<Record<string, string>> = {
  "file descriptors": "one more open file",
  "fn.toString()": "`fn.toString()`",
  "names of global properties": "`orchestrate.recorder`",
  "properties of Error": "`Error.prepareStackTrace` is an accessor",
  "properties of process.stderr": "own, not enumerable `write`",
  "properties of process.stdout": "own, not enumerable `write`",
  "properties of the prototype of process": "`process.emit` is reached through an accessor",
  "types of asynchronous resources": "`async_hooks`",
};

describe("what a recorded Node program can notice", () => {
  it("is what the guide says, and nothing else", async () => {
    const { plain, recorded } = await recordBeside([process.execPath, "differences/noticed.cjs"]);
    const [left = {}, right = {}] = [plain, recorded].map(
      ({ stdout }) => JSON.parse(stdout) as Record<string, unknown>,
    );
    const names = Object.keys(left);
    expect(names.length).toBeGreaterThan(30);
    const differing = names.filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]));
    expect(differing.sort()).toEqual(Object.keys(documented).sort());
    for (const words of Object.values(documented)) expect(page).toContain(words);
  });
});
