import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { checkImports } from "./house/check-imports.ts";
import { importsOf, withoutComments } from "./house/imports-of.ts";
import { sourceFiles } from "./house/source-files.ts";

describe("the sources", () => {
  it("import only what their folder may", () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => checkImports(file, librariesOf(file.path)))).toEqual([]);
  });

  it("of the core look at no clock and no process, take no chance and wait for nothing", () => {
    const files = sourceFiles().filter(({ path }) => path.startsWith("engine/core/"));
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(({ path, text }) => impurities(text).map((word) => `${path} says ${word}`))).toEqual([]);
  });
});

describe("the check of imports", () => {
  it.each([
    ["engine/core/a.ts", 'import { readFileSync } from "node:fs";', ["node:fs"]],
    ["engine/core/a.ts", 'import type { Stats } from "node:fs";', ["node:fs"]],
    ["engine/core/a.ts", 'export * from "../run/b.ts";', ["../run/b.ts"]],
    ["engine/core/plan/a.ts", 'import { b } from "../graph/b.ts";\nimport "../../io/c.ts";', ["../../io/c.ts"]],
    [
      "engine/core/a.ts",
      'import { digestJson, digestFile } from "@orchestrate/manifests";',
      ["@orchestrate/manifests"],
    ],
    ["engine/core/a.ts", 'import { type JournalEvent, digestJson } from "@orchestrate/manifests";', []],
    ["engine/core/a.ts", 'import { createProcesses } from "@orchestrate/sdk/runtime";', ["@orchestrate/sdk/runtime"]],
    [
      "engine/run/a.ts",
      'import { join } from "node:path";\nimport { open } from "node:fs/promises";',
      ["node:fs/promises"],
    ],
    ["engine/run/a.ts", 'import type { B } from "../io/b.ts";', ["../io/b.ts"]],
    ["engine/run/a.ts", 'import {\n  b,\n  c,\n} from "../cli/b.ts";', ["../cli/b.ts"]],
    ["engine/io/a.ts", 'import type { Port } from "../run/ports/port.ts";', []],
    ["engine/io/a.ts", 'import { port } from "../run/ports/port.ts";', ["../run/ports/port.ts"]],
    ["engine/io/a.ts", 'import { container } from "tsyringe";', ["tsyringe"]],
    ["engine/io/a.ts", 'const ora = await import("ora");\nconst left = await import("left-pad");', ["left-pad"]],
    ["engine/sdk/src/a.ts", 'import { digestJson } from "@orchestrate/manifests";', ["@orchestrate/manifests"]],
    ["engine/sdk/src/a.ts", 'import type { Digest } from "@orchestrate/manifests";\nimport "node:fs";', ["node:fs"]],
    ["steps/a/src/a.ts", 'import { z } from "@orchestrate/sdk";\nimport sharp from "sharp";', ["sharp"]],
    ["steps/a/src/a.ts", 'import { b } from "../../b/src/b.ts";', ["../../b/src/b.ts"]],
    ["steps/a/src/a.ts", 'import { T } from "@orchestrate/steps-b/contract";', []],
    ["steps/a/src/a.ts", 'import b from "@orchestrate/steps-b";', ["@orchestrate/steps-b"]],
    ["steps/a/src/a.ts", 'import { Schedule } from "@orchestrate/engine";', ["@orchestrate/engine"]],
    ["steps/a/src/a.ts", 'import { outputHandle } from "@orchestrate/sdk/runtime";', ["@orchestrate/sdk/runtime"]],
    [
      "manifests/src/a.ts",
      'import { z } from "zod";\nimport { OrchestrateError } from "@orchestrate/sdk";',
      ["@orchestrate/sdk"],
    ],
  ])("%s: %s", (path, text, refused) => {
    const told = checkImports({ path, text }, new Set(["ora", "tsyringe"]));
    expect(told).toEqual(refused.map((from) => `${path} imports ${from}`));
  });

  it("knows every folder", () => {
    expect(checkImports({ path: "lib/a.ts", text: "" }, new Set())).toEqual([
      "lib/a.ts stands in a folder that the table does not know",
    ]);
  });

  it("sees every form of an import", () => {
    const text = [
      'import a, { b as c, type D } from "one";',
      'import * as e from "two";',
      'export { type F } from "three";',
      'import "four";',
      'const g = await import("five");',
      'type H = typeof import("six");',
      ' * import i from "seven";',
    ].join("\n");
    expect(importsOf(text)).toEqual([
      { from: "one", isTypeOnly: false, values: ["default", "b"] },
      { from: "two", isTypeOnly: false, values: ["*"] },
      { from: "three", isTypeOnly: true, values: [] },
      { from: "four", isTypeOnly: false, values: [] },
      { from: "five", isTypeOnly: false, values: [] },
      { from: "six", isTypeOnly: true, values: [] },
    ]);
  });

  it.each([
    ["const a = Date.now();", ["Date.now"]],
    ["const a = new Date();", ["new Date"]],
    ["const a = Math.random() + Math.max(1);", ["Math.random"]],
    ["if (process.env.A) setTimeout(run, 1);", ["process.", "setTimeout"]],
    ["export async function a() { await b; }", ["async ", "await "]],
    ["new Promise(() => {});", ["Promise"]],
    ["const at = [new Date(), new Date, new Date( )];", ["new Date", "new Date", "new Date"]],
    // A time that is given is no look at the clock.
    ["const at = new Date(given).toISOString();", []],
    ["// async in a comment\nconst processed = 1;", []],
  ])("sees what is not pure in: %s", (text, words) => {
    expect(impurities(text)).toEqual(words);
  });
});

const IMPURE =
  /\b(?:Date\.now|new Date(?!\([^)\s])|Math\.random|process\.|performance\.|globalThis|setTimeout|setInterval|setImmediate|queueMicrotask|Promise|async |await )/g;

function impurities(text: string): readonly string[] {
  return withoutComments(text).match(IMPURE) ?? [];
}

/** The packages that the nearest package.json above a file names. */
function librariesOf(path: string): ReadonlySet<string> {
  let folder = dirname(path);
  while (!existsSync(`${folder}/package.json`)) folder = dirname(folder);
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = JSON.parse(
    readFileSync(`${folder}/package.json`, "utf8"),
  );
  return new Set(
    [dependencies, devDependencies, peerDependencies, optionalDependencies].flatMap((each) => Object.keys(each ?? {})),
  );
}
