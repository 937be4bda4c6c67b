import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as newPlugin from "./plugins-new.ts";

const versions = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const compiler = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")).devDependencies;

describe("plugins new", () => {
  it("writes a package in TypeScript under its own names", async () => {
    const cwd = freshDirectory();
    const { status, stdout } = await call(newPlugin, cwd, ["@me/orchestrate-words"], { json: true });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      name: "@me/orchestrate-words",
      directory: `${cwd}/orchestrate-words`,
      language: "typescript",
      steps: ["words/count"],
      files: [
        ".gitignore",
        ".vscode/settings.json",
        "README.md",
        "package.json",
        "src/count.test.ts",
        "src/count.ts",
        "src/examples.ts",
        "src/types.ts",
        "tsconfig.json",
      ],
    });
    const read = (path: string) => readFileSync(join(cwd, "orchestrate-words", path), "utf8");
    const manifest = JSON.parse(read("package.json"));
    expect(manifest).toMatchObject({
      name: "@me/orchestrate-words",
      orchestrate: { api: 1, steps: { "words/count": "./dist/count.js" }, needs: [], examples: "./dist/examples.js" },
      peerDependencies: { "@orchestrate/sdk": `^${versions.version}`, zod: `^${versions.dependencies.zod}` },
    });
    const { typescript, "@types/node": node } = compiler;
    expect(manifest.devDependencies).toEqual({
      "@orchestrate/engine": `^${versions.version}`,
      typescript,
      "@types/node": node,
    });
    for (const path of ["README.md", "src/types.ts", "src/examples.ts", "src/count.test.ts"]) {
      expect(read(path)).toContain("words/count");
      expect(read(path)).not.toContain("example/");
    }
  });

  it("writes one in JavaScript, and says how to go on", async () => {
    const cwd = freshDirectory();
    const { stdout } = await call(newPlugin, cwd, ["orchestrate-plugin-words"], { language: "javascript" });
    expect(stdout).toBe(
      [
        "orchestrate-plugin-words is in orchestrate-plugin-words, with a step words/count. Now:",
        "  cd orchestrate-plugin-words",
        "  npm install",
        "  npm test",
        "  npm run check",
      ].join("\n"),
    );
    const manifest = JSON.parse(readFileSync(join(cwd, "orchestrate-plugin-words/package.json"), "utf8"));
    expect(manifest.scripts).toEqual({ test: "node --test", check: "orchestrate plugins check" });
  });

  it("does not write over what is there", async () => {
    const cwd = freshDirectory();
    await call(newPlugin, cwd, ["words"]);
    const { status, stderr } = await call(newPlugin, cwd, ["words"], { json: true });
    expect([status, JSON.parse(stderr)]).toEqual([
      2,
      {
        error: "directory-in-use",
        detail: `${cwd}/words is there already, and not empty.`,
        hint: "Choose another name, or remove it.",
      },
    ]);
  });

  it.each([
    ["Words", undefined, "\"Words\" can't name a plugin: it is the package's name, and its steps are named after it."],
    ["../words", undefined, '"../words" can\'t name a plugin'],
    ["orchestrate-plugin-", undefined, '"orchestrate-plugin-" can\'t name a plugin'],
    ["words", "typscript", "--language typscript is none that a plugin can be in."],
  ])("refuses %s in %s", async (name, language, detail) => {
    const { status, stderr } = await call(newPlugin, freshDirectory(), [name], { ...(language && { language }) });
    expect(status).toBe(2);
    expect(stderr).toContain(detail);
  });
});
