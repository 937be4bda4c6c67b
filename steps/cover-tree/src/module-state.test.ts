import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL(".", import.meta.url));
const sources = globSync("**/*.ts", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));

/** At the left margin: what can be written to later, and is no function, schema or declaration. */
const STATE =
  /^(?:export )?(?:(?:let|var)\b|const \w+(?:: [^=]+)? = (?:new (?:Map|Set|WeakMap|\w*Array)\b|\[\];|\{\};))/gm;

it("no module has state of its own: all that a tree or search depends on is passed to it", () => {
  const found = sources.flatMap((path) =>
    (readFileSync(`${root}${path}`, "utf8").match(STATE) ?? []).map((line) => `${path}: ${line}`),
  );
  expect(found).toEqual([]);
  expect(sources.length).toBeGreaterThan(80);
});

it("the guard sees state", () => {
  for (const line of [
    "let count = 0;",
    "export const cache = new Map();",
    "const rows: number[] = [];",
    "const kept = new Float64Array(8);",
  ]) {
    expect(line.match(STATE)).not.toBeNull();
  }
});
