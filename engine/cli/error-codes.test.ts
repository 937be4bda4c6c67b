import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { EXIT_STATUS } from "./exit-status.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${repository}docs/formats/errors.md`, "utf8");
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([a-z]+) \| (.+) \|$/gm)].map(
  ([, code, category]) => [code!, category!] as const,
);

const folders = ["engine/sdk/src", "engine/core", "engine/run", "engine/io", "engine/cli", "manifests/src"];
const sources = folders.flatMap((folder) =>
  readdirSync(`${repository}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/\.test\.ts$|fixtures\/|testing\//.test(path))
    .map((path) => readFileSync(`${repository}${folder}/${path}`, "utf8")),
);

/** Functions whose first argument has the form of a code and is none. */
const notErrors = ["reach", "sync", "step", "literal", "import", "beforePoint", "beforeStep"];

/** Where a code stands in a source: as `error` or `code`, first in a list that is returned, or first in a call. */
function codesIn(source: string): readonly string[] {
  const named = source.matchAll(/\b(?:error|code)(?:: | = )"([a-z]+(?:-[a-z]+)*)"/g);
  const returned = source.matchAll(/return \[\s*"([a-z]+(?:-[a-z]+)+)"/g);
  const called = [...source.matchAll(/(\w+)\(\s*"([a-z]+(?:-[a-z]+)+)"/g)]
    .filter(([, callee]) => !notErrors.includes(callee!))
    .map(([, , code]) => code!);
  return [...[...named, ...returned].map(([, code]) => code!), ...called];
}

describe("the page of errors", () => {
  it("has every code that the engine and the manifests give, and no other", () => {
    const given = new Set(sources.flatMap(codesIn));
    expect(rows.map(([code]) => code).sort()).toEqual([...given].sort());
  });

  it("has no code twice, and only categories that there are", () => {
    expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length);
    expect(rows.filter(([, category]) => !Object.hasOwn(EXIT_STATUS, category))).toEqual([]);
  });

  it("has the exit statuses of the table in code", () => {
    const statuses = [...page.matchAll(/^\| (\d+) \| ([a-z]+) \| /gm)].map(([, status, category]) => [
      category,
      Number(status),
    ]);
    expect(Object.fromEntries(statuses)).toEqual(EXIT_STATUS);
  });

  it("has the category that stands beside the code in the sources, where one does", () => {
    const beside = sources.flatMap((source) => [...source.matchAll(/error: "([a-z-]+)",\s*category: "([a-z]+)"/g)]);
    expect(beside.length).toBeGreaterThan(40);
    const categories = new Map(rows);
    const wrong = beside.filter(([, code, category]) => categories.get(code!) !== category).map(([text]) => text);
    expect(wrong).toEqual([]);
  });
});
