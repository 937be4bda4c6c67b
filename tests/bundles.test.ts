import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const dist = fileURLToPath(new URL("../engine/dist/", import.meta.url));
const textOf = (name: string) => readFileSync(join(dist, name), "utf8");
const bundles = readdirSync(dist).filter((name) => name.endsWith(".js"));

/** The one bundle that holds a text. */
function holding(text: string): string {
  const found = bundles.filter((name) => name !== "worker.js" && textOf(name).includes(text));
  if (found.length !== 1) throw new Error(`${found.length} bundles hold ${text}`);
  return found[0]!;
}

/** A bundle and all that it names, and so on. */
function reach(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, other] of textOf(name).matchAll(/["'`]\.\/([\w-]+\.js)["'`]/g)) reach(other!, seen);
  return seen;
}

it("what answers a remembered request is named anew with every change of the engine, since it names its files", () => {
  const engine = [
    holding("must be phase.output or phase[*].output"),
    holding("is there already, and is no saved plan"),
  ];
  expect([...reach(holding("FROM held JOIN runs"))]).toEqual(expect.arrayContaining(engine));
});

it("what answers a remembered request loads no schemas", () => {
  const bundle = holding("FROM held JOIN runs");
  const loaded = [...textOf(bundle).matchAll(/from ?["'`]\.\/([\w-]+\.js)["'`]/g)].map(([, name]) => name!);
  expect(loaded.length).toBeGreaterThan(0);
  for (const name of [bundle, ...loaded]) expect(textOf(name)).not.toContain("$ZodType");
});
