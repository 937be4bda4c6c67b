import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { digestBytes } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { type CodeCache, type CodeRequest, digestCode, isSameCode, type KnownCode } from "./digest-code.ts";

type Files = Readonly<Record<string, string | object>>;

function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

function project(files: Files): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-code-"));
  write(root, { "package.json": { name: "mine", version: "1.0.0" }, ...files });
  return root;
}

const nothingKept: CodeCache = { code: () => undefined, putCode: () => undefined };

const digest = (root: string, entry: string, extra: readonly string[] = [], cache = nothingKept) =>
  digestCode({ entry: join(root, entry), directory: root, extra }, cache);

/** The names that the digest covers. */
const namesOf = async (root: string, entry = "a.js", extra: readonly string[] = []) =>
  Object.keys((await digest(root, entry, extra)).files);

const lockEntry = (version: string, integrity: string, more: object = {}) => ({ version, integrity, ...more });

describe("modules by content", () => {
  it("follows relative imports of every form, and what they import", async () => {
    const root = project({
      "a.js":
        'import "./b.js"; export * from "./c.ts"; export const d = () => import("./d.mjs"); import "node:fs"; import fs from "fs";',
      "b.js": 'import data from "./data.json" with { type: "json" }; export default data;',
      "c.ts": 'import type { T } from "./types.ts"; import { type U, e } from "./e.ts"; export const c: T & U = e;',
      "d.mjs": 'import "./a.js"; const wasm = new URL("./x.wasm", import.meta.url);',
      "e.ts": "export const e = 1; export type U = number;",
      "types.ts": "export type T = number;",
      "data.json": "{}",
      "x.wasm": "wasm",
      "unused.js": "",
    });
    const { files } = await digest(root, "a.js");
    expect(Object.keys(files)).toEqual([
      "mine/a.js",
      "mine/b.js",
      "mine/c.ts",
      "mine/d.mjs",
      "mine/data.json",
      "mine/e.ts",
      "mine/x.wasm",
    ]);
    expect(files["mine/data.json"]).toBe(digestBytes("{}"));
  });

  it("tells two entries with the same files apart", async () => {
    const root = project({ "a.js": 'import "./b.js";', "b.js": 'import "./a.js";' });
    const [a, b] = [await digest(root, "a.js"), await digest(root, "b.js")];
    expect(a.files).toEqual(b.files);
    expect(a.code).not.toBe(b.code);
  });

  it("does not depend on where the package lies", async () => {
    const files = { "a.js": 'import "./b.js";', "b.js": "1;" };
    expect((await digest(project(files), "a.js")).code).toBe((await digest(project(files), "a.js")).code);
  });

  it("takes the whole package for what can't be followed", async () => {
    const whole = ["mine/a.js", "mine/lib/x.txt", "mine/package.json"];
    const others = {
      "lib/x.txt": "x",
      "node_modules/dep/x.js": "",
      ".git/HEAD": "",
      "runs/.index.sqlite": "",
      "runs/r/out": "",
    };
    for (const text of [
      "export default (name) => import(name);",
      "export default (name) => import(`./${name}.js`);",
      'const x = require("./lib/x.txt");',
      "module.exports = 1;",
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("./x");',
      'import { readFileSync } from "node:fs"; readFileSync(import.meta.dirname + "/lib/x.txt");',
      "export default new URL(process.argv[2], import.meta.url);",
      "export default {{{;",
    ]) {
      expect([text, await namesOf(project({ ...others, "a.js": text }))]).toEqual([text, whole]);
    }
  });

  it("does not take it for words that only look so", async () => {
    const root = project({
      "a.js": 'export const here = import.meta.resolve("./b.js"); export const main = import.meta.main;',
      "b.js": "",
      "c.js": "",
    });
    expect(await namesOf(root)).toEqual(["mine/a.js", "mine/b.js"]);
  });

  it("counts the files that are declared as code", async () => {
    const root = project({ "a.js": "", "model.py": "x", "data/one": "1", "data/deep/two": "2" });
    expect(await namesOf(root, "a.js", ["model.py", "data"])).toEqual([
      "mine/a.js",
      "mine/data/deep/two",
      "mine/data/one",
      "mine/model.py",
    ]);
  });

  it("says which declared file is missing, or leaves the package", async () => {
    const root = project({ "a.js": "" });
    await expect(digest(root, "a.js", ["model.py"])).rejects.toMatchObject({
      code: "code-file-missing",
      category: "input",
      detail: `The code file "model.py" of mine/a.js is not at ${root}/model.py.`,
      hint: "Build or install the package anew, or correct its `code`.",
    });
    await expect(digest(root, "a.js", ["../x"])).rejects.toMatchObject({
      code: "code-path-escapes",
      category: "input",
      detail: `The code file "../x" of mine/a.js lies outside of ${root}.`,
      hint: "Declare only files of the package itself in `code`.",
    });
  });
});

describe("packages", () => {
  const installed: Files = {
    "a.js": 'import "dep/sub.js"; import "@scope/other";',
    "node_modules/.package-lock.json": {
      packages: {
        "node_modules/dep": lockEntry("1.0.0", "sha512-dep", {
          dependencies: { deep: "*" },
          optionalDependencies: { "not-here": "*" },
        }),
        "node_modules/dep/node_modules/deep": lockEntry("2.0.0", "sha512-deep2", { peerDependencies: { peer: "*" } }),
        "node_modules/deep": lockEntry("1.0.0", "sha512-deep1"),
        "node_modules/peer": lockEntry("3.0.0", "sha512-peer", { dependencies: { dep: "*" } }),
        "node_modules/@scope/other": lockEntry("0.1.0", "sha512-other"),
      },
    },
    "node_modules/dep/package.json": { name: "dep", version: "1.0.0" },
    "node_modules/@scope/other/package.json": { name: "@scope/other", version: "0.1.0" },
  };

  it("takes a pinned package by version and integrity, with all it depends on", async () => {
    expect((await digest(project(installed), "a.js")).files).toMatchObject({
      "dep@1.0.0": "sha512-dep",
      "deep@2.0.0": "sha512-deep2",
      "peer@3.0.0": "sha512-peer",
      "@scope/other@0.1.0": "sha512-other",
    });
    expect(await namesOf(project(installed))).not.toContain("deep@1.0.0");
  });

  it("follows a package by content where the installed version is not the locked one", async () => {
    const root = project({
      ...installed,
      "a.js": 'import "dep";',
      "node_modules/dep/package.json": {
        name: "dep",
        version: "1.0.1",
        exports: { ".": { types: "./t.d.ts", import: "./main.js" } },
      },
      "node_modules/dep/main.js": 'import "./x.js";',
      "node_modules/dep/x.js": "",
    });
    expect(await namesOf(root)).toEqual(["dep/main.js", "dep/x.js", "mine/a.js"]);
  });

  it("follows a workspace by content, and from it again a pinned package", async () => {
    const root = project({
      ...installed,
      "a.js": 'import "work/part";',
      "packages/work/package.json": {
        name: "work",
        version: "0.0.0",
        exports: { "./part": "./src/part.js" },
        imports: { "#private": "./src/private.js" },
      },
      "packages/work/src/part.js": 'import "#private"; import "work/part"; import "dep";',
      "packages/work/src/private.js": "",
    });
    symlinkSync(join(root, "packages/work"), join(root, "node_modules/work"));
    expect(await namesOf(root)).toEqual([
      "deep@2.0.0",
      "dep@1.0.0",
      "mine/a.js",
      "peer@3.0.0",
      "work/src/part.js",
      "work/src/private.js",
    ]);
  });

  it("takes all of a CommonJS package that nothing pins, and what it declares", async () => {
    const root = project({
      ...installed,
      "a.js": 'import "old";',
      "node_modules/old/package.json": { name: "old", version: "1.0.0", main: "lib", dependencies: { dep: "*" } },
      "node_modules/old/lib/index.js": 'module.exports = require("./" + name);',
      "node_modules/old/lib/b.js": "",
    });
    expect(await namesOf(root)).toEqual([
      "deep@2.0.0",
      "dep@1.0.0",
      "mine/a.js",
      "old/lib/b.js",
      "old/lib/index.js",
      "old/package.json",
      "peer@3.0.0",
    ]);
  });

  it("passes over an optional package that is not there", async () => {
    expect(await namesOf(project({ "a.js": 'export default () => import("not-here").catch(() => 0);' }))).toEqual([
      "mine/a.js",
    ]);
  });
});

describe("what is kept", () => {
  /** Keeps answers as an index does, and counts how often it is given a new one. */
  function keeping(): CodeCache & { readonly kept: Map<string, KnownCode>; puts: number } {
    const kept = new Map<string, KnownCode>();
    return {
      kept,
      puts: 0,
      code: (key) => kept.get(key),
      putCode(key, known) {
        this.puts++;
        kept.set(key, known);
      },
    };
  }

  /** Asks until the files are old enough to be told from later ones, which is when the answer is kept. */
  async function settled(request: CodeRequest, cache: ReturnType<typeof keeping>): Promise<void> {
    while (cache.puts === 0) await digestCode(request, cache);
  }

  const lockfile = { packages: { "node_modules/dep": lockEntry("1.0.0", "sha512-one") } };
  const files = {
    "a.js": 'import "./b.js"; import "dep"; import("optional");',
    "b.js": "one",
    "node_modules/.package-lock.json": lockfile,
    "node_modules/dep/package.json": { name: "dep", version: "1.0.0" },
  };

  async function kept() {
    const root = project(files);
    const request = { entry: join(root, "a.js"), directory: root, extra: [] };
    const cache = keeping();
    await settled(request, cache);
    return { root, request, cache, before: await digestCode(request, cache) };
  }

  it("answers from what is kept while nothing changes", async () => {
    const { cache, before } = await kept();
    expect(cache.puts).toBe(1);
    expect(before).toBe([...cache.kept.values()][0]);
  });

  it("notices a change of the same size with its mtime put back", async () => {
    const { root, request, cache, before } = await kept();
    const stat = cache.kept
      .values()
      .next()
      .value!.stamps.find(({ path }) => path.endsWith("b.js"))!.stat!;
    write(root, { "b.js": "two" });
    utimesSync(join(root, "b.js"), stat.mtimeMs / 1000, stat.mtimeMs / 1000);
    const after = await digestCode(request, cache);
    expect(after.code).not.toBe(before.code);
    expect(after.files["mine/b.js"]).toBe(digestBytes("two"));
  });

  it("notices a package that comes nearer, and one behind a link that leads elsewhere", async () => {
    const root = project({
      "steps/a.js": 'import "dep"; import "linked";',
      "node_modules/dep/package.json": { name: "dep" },
      "node_modules/dep/index.js": "far",
      "one/package.json": { name: "linked", main: "./one.js" },
      "one/one.js": "one",
      "two/package.json": { name: "linked", main: "./two.js" },
      "two/two.js": "two",
    });
    const link = join(root, "node_modules/linked");
    symlinkSync(join(root, "one"), link);
    const request = { entry: join(root, "steps/a.js"), directory: root, extra: [] };
    const cache = keeping();
    await settled(request, cache);
    rmSync(link);
    symlinkSync(join(root, "two"), link);
    expect((await digestCode(request, cache)).files["linked/two.js"]).toBe(digestBytes("two"));
    write(root, { "steps/node_modules/dep/package.json": { name: "dep" }, "steps/node_modules/dep/index.js": "near" });
    expect((await digestCode(request, cache)).files["dep/index.js"]).toBe(digestBytes("near"));
  });

  it("notices another integrity, a file that goes and a package that comes", async () => {
    const { root, request, cache, before } = await kept();
    write(root, {
      "node_modules/.package-lock.json": { packages: { "node_modules/dep": lockEntry("1.0.0", "sha512-two") } },
    });
    expect((await digestCode(request, cache)).files["dep@1.0.0"]).toBe("sha512-two");
    rmSync(join(root, "b.js"));
    expect(Object.keys((await digestCode(request, cache)).files)).toEqual(["dep@1.0.0", "mine/a.js"]);
    write(root, { "node_modules/optional/package.json": { name: "optional" }, "node_modules/optional/index.js": "" });
    expect(Object.keys((await digestCode(request, cache)).files)).toEqual([
      "dep@1.0.0",
      "mine/a.js",
      "optional/index.js",
    ]);
    expect(Object.keys(before.files)).toEqual(["dep@1.0.0", "mine/a.js", "mine/b.js"]);
  });
});

describe("isSameCode", () => {
  it("is told at once where nothing was written, and by the digest where something was", async () => {
    const root = project({ "a.js": 'import "./b.js";', "b.js": "one", "c.js": "no part of it" });
    const request = { entry: join(root, "a.js"), directory: root, extra: [] };
    const known = await digestCode(request, nothingKept);
    const isSame = () => isSameCode(request, known, nothingKept);
    expect(isSame()).toBe(true);
    write(root, { "c.js": "changed" });
    expect(isSame()).toBe(true);
    write(root, { "b.js": "other" });
    expect(await isSame()).toBe(false);
    write(root, { "b.js": "one" });
    expect(await isSame()).toBe(true);
    rmSync(join(root, "a.js"));
    expect(await isSame()).toBe(false);
  });
});
