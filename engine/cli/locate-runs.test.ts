import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "./fixtures/fresh-directory.ts";
import type { Invocation } from "./invocation.ts";
import { locateRun } from "./locate-runs.ts";

const names = ["20261121T204235Z-aaaa", "20261121T204236Z-bbbb", "20261121T204237Z-aaaa"];

function locate(wanted?: string): string {
  const cwd = freshDirectory();
  for (const name of names) {
    mkdirSync(join(cwd, "runs", name), { recursive: true });
    writeFileSync(join(cwd, "runs", name, "run.json"), "{}");
  }
  return relative(cwd, locateRun({ cwd } as Invocation, join(cwd, "runs"), wanted));
}

describe("a run", () => {
  it.each([
    ["is the newest where none is named", undefined, names[2]!],
    ["is found by its whole name", names[0]!, names[0]!],
    ["is found by the end of its name", "bbbb", names[1]!],
    ["is found by its path", `runs/${names[0]}`, names[0]!],
  ])("%s", (_, wanted, found) => {
    expect(locate(wanted)).toBe(`runs/${found}`);
  });

  it("is not chosen among several whose names end alike", () => {
    expect(() => locate("aaaa")).toThrow(
      expect.objectContaining({
        code: "run-ambiguous",
        category: "input",
        detail: `The names of 2 runs end with "aaaa": ${names[2]}, ${names[0]}.`,
        hint: `Write the whole name, as ${names[2]}.`,
      }),
    );
  });
});
