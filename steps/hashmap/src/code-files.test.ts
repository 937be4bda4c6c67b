import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { codeFiles } from "./code-files.ts";

/** A module and those that it runs with it, by address. */
function reachable(module: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(module)) return seen;
  seen.add(module);
  for (const [, name] of readFileSync(new URL(module), "utf8").matchAll(
    /^(?:im|ex)port (?!type )[^;]*from "(\.[^"]*)"/gm,
  )) {
    reachable(new URL(name!, module).href, seen);
  }
  return seen;
}

describe("compiled code", () => {
  const compiled = new URL("compiled/compiled-code.ts", import.meta.url).href;

  it.each(Object.entries(manifest.orchestrate.steps))("belongs to the code of %s where it runs", async (_, file) => {
    const module = new URL(file.replace("./dist/", "./").replace(/\.js$/, ".ts"), import.meta.url).href;
    const { default: step } = await import(/* @vite-ignore */ module);
    expect(step.definition.code).toEqual(reachable(module).has(compiled) ? codeFiles : undefined);
  });

  it("is there", () => {
    const missing = codeFiles.filter((file) => !existsSync(fileURLToPath(new URL(`../${file}`, import.meta.url))));
    expect(missing).toEqual([]);
  });
});
