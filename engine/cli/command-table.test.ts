import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";

const page = readFileSync(new URL("../../docs/reference/commands.md", import.meta.url), "utf8");

it("is the reference's table of contents", () => {
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!.replaceAll("\\", ""));
  expect(headings).toEqual(COMMANDS.map(({ usage }) => usage));
});

it.each(COMMANDS)("$usage has a module that runs, and a summary without an end", async ({ load, summary }) => {
  expect((await load()).run).toBeTypeOf("function");
  expect(summary).toMatch(/[^.]$/);
});

it("gives no flag twice to a command", () => {
  for (const { usage, options } of COMMANDS) {
    const flags = options.flatMap(({ flags }) => flags.match(/(?<!\S)--?[a-z][a-z-]*/g) ?? []);
    expect(new Set(flags).size, usage).toBe(flags.length);
  }
});
