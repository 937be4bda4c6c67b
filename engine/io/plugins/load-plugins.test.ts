import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { loadPlugins } from "./load-plugins.ts";

type Files = Readonly<Record<string, unknown>>;

/** A project with a git root; strings are written as they are, everything else as JSON. */
function project(files: Files): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-plugins-"));
  mkdirSync(join(root, ".git"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

/** A package whose modules end the process when they are run. */
function plugin(name: string, block: object, version = "1.2.0"): Files {
  const manifest = { name, version, main: "./main.js", type: "module", orchestrate: { api: 1, ...block } };
  return {
    [`node_modules/${name}/package.json`]: manifest,
    [`node_modules/${name}/main.js`]: "process.exit(99);\n",
    [`node_modules/${name}/step.js`]: "process.exit(99);\n",
  };
}

const text = plugin("plugin-text", {
  steps: { "text/count": "./step.js" },
  services: { "text/words": { simple: "./step.js" } },
  executors: { cluster: "./step.js" },
  commands: { tidy: "./step.js" },
  needs: ["network"],
});

async function problem(files: Files): Promise<{ readonly root: string; readonly error: OrchestrateError }> {
  const root = project(files);
  const error = await loadPlugins({ root }).catch((reason: unknown) => reason);
  if (error instanceof OrchestrateError) return { root, error };
  throw new Error("expected an OrchestrateError", { cause: error });
}

describe("loadPlugins", () => {
  it("reads what a plugin says of itself and runs none of its code", async () => {
    const root = project({
      ...text,
      "plugins.json": { plugins: [{ name: "plugin-text", version: "^1.0.0", options: { a: 1 } }] },
      "deep/er/x": "",
    });
    const set = await loadPlugins({ root: join(root, "deep/er") });
    const directory = join(root, "node_modules/plugin-text");
    const module = join(directory, "step.js");
    expect(set.file).toBe(join(root, "plugins.json"));
    expect(set.plugins).toEqual([
      {
        name: "plugin-text",
        version: "1.2.0",
        description: "",
        directory,
        needs: ["network"],
        examples: null,
        options: { a: 1 },
        steps: new Map([["text/count", module]]),
        services: new Map([["text/words", new Map([["simple", module]])]]),
        executors: new Map([["cluster", module]]),
        commands: new Map([["tidy", module]]),
      },
    ]);
    expect(set.stepNames()).toEqual(["text/count"]);
    expect(set.step("text/count")).toEqual({ plugin: set.plugins[0], module });
    expect(set.step("text/other")).toBeUndefined();
    expect(set.providers("text/words")).toEqual([{ plugin: set.plugins[0], name: "simple", module }]);
    expect(set.providers("text/other")).toEqual([]);
    expect(set.command("tidy")).toEqual({ plugin: set.plugins[0], module });
  });

  it("resolves a workspace link to where the package really is", async () => {
    const root = project({
      "plugins.json": { $schema: "x", plugins: ["@scope/linked"] },
      "steps/linked/package.json": {
        name: "@scope/linked",
        version: "0.1.0",
        orchestrate: { api: 1, steps: { "a/b": "./b.js" } },
      },
      "steps/linked/b.js": "",
      "node_modules/@scope/x": "",
    });
    symlinkSync(join(root, "steps/linked"), join(root, "node_modules/@scope/linked"));
    expect((await loadPlugins({ root })).step("a/b")?.module).toBe(join(root, "steps/linked/b.js"));
  });

  it("tells of every path that decides what the plugins are, those that are not there too", async () => {
    const lock = { packages: { "node_modules/plugin-text": { version: "1.2.0", integrity: "sha512-AAAA" } } };
    const root = project({
      ...text,
      "plugins.json": { plugins: [{ name: "plugin-text", integrity: "sha512-AAAA" }] },
      "node_modules/.package-lock.json": lock,
      "deep/er/x": "",
    });
    const looked: string[] = [];
    await loadPlugins({ root: join(root, "deep/er"), onLook: (path) => looked.push(path) });
    expect(looked.map((path) => path.slice(root.length + 1))).toEqual([
      "deep/er/plugins.json",
      "deep/er/.git",
      "deep/plugins.json",
      "deep/.git",
      "plugins.json",
      "node_modules/plugin-text/package.json",
      "node_modules/.package-lock.json",
    ]);
  });

  it("is empty without a plugins.json", async () => {
    const set = await loadPlugins({ root: project({}) });
    expect([set.file, set.plugins, set.stepNames()]).toEqual([undefined, [], []]);
  });

  it("hands over every problem and keeps what is sound", async () => {
    const root = project({
      ...text,
      ...plugin("plugin-old", { api: 0 }),
      ...plugin("plugin-again", { steps: { "text/count": "./step.js" } }),
      "plugins.json": { plugins: ["plugin-old", "plugin-text", "nowhere", "plugin-again"] },
    });
    const problems: OrchestrateError[] = [];
    const set = await loadPlugins({ root, onProblem: (problem) => problems.push(problem) });
    expect(set.plugins.map(({ name }) => name)).toEqual(["plugin-text"]);
    expect(problems.map(({ code }) => code)).toEqual(["plugin-api", "plugin-not-installed", "plugin-collision"]);
  });

  it("hands over a plugins.json that can't be read", async () => {
    const problems: OrchestrateError[] = [];
    const set = await loadPlugins({
      root: project({ "plugins.json": "{" }),
      onProblem: (problem) => problems.push(problem),
    });
    expect([set.plugins, problems.map(({ code }) => code)]).toEqual([[], ["plugins-file-invalid"]]);
  });
});

describe("problems, in words", () => {
  const check = (
    title: string,
    files: Files,
    code: string,
    detail: (root: string) => string,
    hint: (root: string) => string,
  ) =>
    it(title, async () => {
      const { root, error } = await problem(files);
      expect(error.toEnvelope()).toEqual({
        error: code,
        category: ["plugin-needs-more", "plugin-integrity"].includes(code) ? "policy" : "input",
        detail: detail(root),
        hint: hint(root),
      });
    });
  const on = (...plugins: unknown[]) => ({ "plugins.json": { plugins } });

  check(
    "an unknown key in plugins.json",
    { "plugins.json": '{\n  "plugins": [],\n  "plugin": []\n}' },
    "plugins-file-invalid",
    (root) => `${root}/plugins.json:3:3 plugin: this key is not known.`,
    () => 'Did you mean "plugins"?',
  );
  check(
    "an unknown key in an entry",
    { "plugins.json": '{ "plugins": [\n  { "name": "a",\n    "option": {} }] }' },
    "plugins-file-invalid",
    (root) => `${root}/plugins.json:3:5 plugins[0].option: this key is not known.`,
    () => 'Did you mean "options"?',
  );
  check(
    "a range that is none",
    on({ name: "a", version: "latest" }),
    "plugins-file-invalid",
    (root) =>
      `${root}/plugins.json:5:7 plugins[0].version: must be a version or a range, as 1.2.3, ^1.2.0, ~1.2.0, >=1.2.0 or *.`,
    (root) => `Correct ${root}/plugins.json.`,
  );
  check(
    "a name that is a path",
    on("../evil"),
    "plugins-file-invalid",
    (root) => `${root}/plugins.json:3:5 plugins[0]: must be the name of an npm package.`,
    (root) => `Correct ${root}/plugins.json.`,
  );
  check(
    "a plugin that stands twice",
    { ...text, ...on("plugin-text", { name: "plugin-text" }) },
    "plugins-file-invalid",
    (root) => `${root}/plugins.json:4:5 plugins[1]: "plugin-text" stands twice.`,
    () => "Leave one of them out.",
  );
  check(
    "syntax",
    { "plugins.json": '{ "plugins": [}' },
    "plugins-file-invalid",
    (root) => `${root}/plugins.json:1:15 can't be read: it is not JSON (Unexpected token '}').`,
    () => "Correct the file at that place.",
  );
  check(
    "a package that is not installed",
    on("nowhere"),
    "plugin-not-installed",
    (root) => `${root}/plugins.json names nowhere, which is not installed in ${root} or above it.`,
    () => "Run `npm install nowhere`, or take it out of plugins.json.",
  );
  check(
    "a package that is no plugin",
    { "node_modules/left/package.json": { name: "left", version: "1.0.0" }, ...on("left") },
    "plugin-not-a-plugin",
    (root) => `left is no plugin: ${root}/node_modules/left/package.json has no "orchestrate" block with "api".`,
    () => 'If it is yours, add "orchestrate": { "api": 1 }; otherwise take it out of plugins.json, and uninstall it.',
  );
  check(
    "a package.json that is broken",
    { "node_modules/left/package.json": "[", ...on("left") },
    "plugin-not-a-plugin",
    (root) => `${root}/node_modules/left/package.json can't be read: Unexpected end of JSON input.`,
    () => "Install left anew.",
  );
  check(
    "an unknown key in the block",
    { ...plugin("plugin-a", { step: {} }), ...on("plugin-a") },
    "plugin-not-a-plugin",
    (root) => `${root}/node_modules/plugin-a/package.json:8:5 orchestrate.step: this key is not known.`,
    () => 'Did you mean "steps"?',
  );
  check(
    "a step name without a family",
    { ...plugin("plugin-a", { steps: { count: "./step.js" } }), ...on("plugin-a") },
    "plugin-not-a-plugin",
    (root) =>
      `${root}/node_modules/plugin-a/package.json:9:7 orchestrate.steps.count: must be named family/name, as text/word-count.`,
    () => `Correct the "orchestrate" block, or take plugin-a out of plugins.json.`,
  );
  check(
    "an older api",
    { ...plugin("plugin-a", { api: 0 }), ...on("plugin-a") },
    "plugin-api",
    (root) =>
      `plugin-a was written for api 0 of plugins; this engine has api 1 (${root}/node_modules/plugin-a/package.json).`,
    () => "Install a newer version of the plugin; if it is yours, bring it to api 1 as docs/compatibility.md says.",
  );
  check(
    "a newer api, whatever else the block says",
    { ...plugin("plugin-a", { api: 2, unheard: true }), ...on("plugin-a") },
    "plugin-api",
    (root) =>
      `plugin-a was written for api 2 of plugins; this engine has api 1 (${root}/node_modules/plugin-a/package.json).`,
    () => "Install a newer engine, or an older version of the plugin.",
  );
  check(
    "a module that was not built",
    { ...plugin("plugin-a", { steps: { "a/b": "./dist/b.js" } }), ...on("plugin-a") },
    "plugin-file-missing",
    (root) =>
      `The step "a/b" of plugin-a should be at ${root}/node_modules/plugin-a/dist/b.js, which is not there (${root}/node_modules/plugin-a/package.json).`,
    (root) =>
      `If the package is yours, build it (\`npm run build\` in ${root}/node_modules/plugin-a); else install it anew.`,
  );
  check(
    "a path that leaves the package",
    { ...plugin("plugin-a", { steps: { "a/b": "./../../x.js" } }), "x.js": "", ...on("plugin-a") },
    "plugin-path-escapes",
    (root) =>
      `The step "a/b" of plugin-a is at ./../../x.js, which leads out of the package (${root}/node_modules/plugin-a/package.json).`,
    () => "A plugin can only name files of its own package. Do not use it until its author has corrected that.",
  );
  check(
    "one step name twice",
    { ...text, ...plugin("plugin-b", { steps: { "text/count": "./step.js" } }), ...on("plugin-text", "plugin-b") },
    "plugin-collision",
    () => 'plugin-text and plugin-b both contribute the step "text/count".',
    (root) => `Take one of them out of ${root}/plugins.json.`,
  );
  check(
    "one provider twice",
    {
      ...text,
      ...plugin("plugin-b", { services: { "text/words": { simple: "./step.js" } } }),
      ...on("plugin-text", "plugin-b"),
    },
    "plugin-collision",
    () => 'plugin-text and plugin-b both contribute the provider "simple" of the service "text/words".',
    (root) => `Take one of them out of ${root}/plugins.json.`,
  );
  check(
    "a version outside of its range",
    { ...text, ...on({ name: "plugin-text", version: "^2.0.0" }) },
    "plugin-version",
    (root) => `plugin-text is installed as 1.2.0, but ${root}/plugins.json wants ^2.0.0.`,
    () => 'Run `npm install plugin-text@"^2.0.0"`, or change the range.',
  );
  check(
    "another package than the one that was added",
    {
      ...text,
      "package-lock.json": {
        packages: { "node_modules/plugin-text": { version: "1.2.0", resolved: "x", integrity: "sha512-bbbb" } },
      },
      ...on({ name: "plugin-text", integrity: "sha512-aaaa" }),
    },
    "plugin-integrity",
    (root) => `plugin-text is installed with the integrity sha512-bbbb, but ${root}/plugins.json pins sha512-aaaa.`,
    () =>
      "See why it is another package than the one that was added; if it is right, run `orchestrate plugins add plugin-text` again.",
  );
  check(
    "a need that there is not",
    { ...plugin("plugin-a", { needs: ["internet"] }), ...on("plugin-a") },
    "plugin-not-a-plugin",
    (root) =>
      `${root}/node_modules/plugin-a/package.json:9:7 orchestrate.needs[0]: must be network, child-processes, env:NAME or files:PLACE.`,
    () => 'Correct the "orchestrate" block, or take plugin-a out of plugins.json.',
  );
  check(
    "a need that is not allowed",
    { ...text, ...on({ name: "plugin-text", needs: ["child-processes"] }) },
    "plugin-needs-more",
    (root) => `plugin-text needs "network", which ${root}/plugins.json does not allow it.`,
    () => 'Add it to the entry\'s "needs" if that is right, or take the plugin out.',
  );

  it("a link that leads out of the package", async () => {
    const root = project({ ...plugin("plugin-a", { steps: { "a/b": "./b.js" } }), "x.js": "", ...on("plugin-a") });
    symlinkSync(join(root, "x.js"), join(root, "node_modules/plugin-a/b.js"));
    const error = await loadPlugins({ root }).catch((reason) => reason);
    expect([error.code, error.detail]).toEqual([
      "plugin-path-escapes",
      `The step "a/b" of plugin-a is at ./b.js, which leads out of the package (${root}/node_modules/plugin-a/package.json).`,
    ]);
  });
});
