import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { brokenPlugin, makeProject, textPlugin } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as describePlugin from "./plugins-describe.ts";
import * as listPlugins from "./plugins-list.ts";

describe("plugins list", () => {
  it("says that none is on", async () => {
    const cwd = makeProject({});
    expect((await call(listPlugins, cwd)).stdout).toBe("No plugin is on: there is no plugins.json.");
    const empty = makeProject({ "plugins.json": { plugins: [] } });
    expect((await call(listPlugins, empty)).stdout).toBe("No plugin is on.");
  });

  it("lists what each contributes, without running any of its code", async () => {
    const cwd = makeProject({
      "plugins.json": { plugins: ["plugin-text", "plugin-broken"] },
      ...textPlugin,
      ...brokenPlugin,
    });
    const { status, stdout } = await call(listPlugins, cwd);
    expect(status).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "plugin-text    1.2.3  unknown  steps: text/count; services: text/alphabet=latin; needs: network",
      "plugin-broken  0.0.1  unknown  steps: broken/step",
    ]);
  });

  it("tells where each came from", async () => {
    const locked = (resolved: string) => ({ version: "1.2.3", resolved, integrity: "sha512-aaaa" });
    const source = async (resolved: string) => {
      const cwd = makeProject({
        "plugins.json": { plugins: ["plugin-text"] },
        "package-lock.json": { packages: { "node_modules/plugin-text": locked(resolved) } },
        ...textPlugin,
      });
      return JSON.parse((await call(listPlugins, cwd, [], { json: true })).stdout).plugins[0].source;
    };
    expect(await source("https://packages.example/plugin-text/-/plugin-text-1.2.3.tgz")).toBe("registry");
    expect(await source("file:../plugin-text-1.2.3.tgz")).toBe("file:../plugin-text-1.2.3.tgz");
    expect(await source("git+ssh://git:secret@host.example/text.git#abc")).toBe("git+ssh://host.example/text.git#abc");
    const linked = makeProject({ "plugins.json": { plugins: ["plugin-text"] }, ...moved(textPlugin, "own/text") });
    symlinkSync(join(linked, "own/text"), join(linked, "node_modules/plugin-text"));
    const { stdout } = await call(listPlugins, linked, [], { json: true });
    expect(JSON.parse(stdout).plugins[0].source).toBe("link:own/text");
  });

  it("names every one that can't be used, with status 2", async () => {
    const cwd = makeProject({ "plugins.json": { plugins: ["plugin-text", "plugin-absent"] }, ...textPlugin });
    const { status, stdout } = await call(listPlugins, cwd);
    expect(status).toBe(2);
    expect(stdout.split("\n").slice(1)).toEqual([
      `✗ ${cwd}/plugins.json names plugin-absent, which is not installed in ${cwd} or above it.`,
      "  hint: Run `npm install plugin-absent`, or take it out of plugins.json.",
    ]);
    const json = await call(listPlugins, cwd, [], { json: true });
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: `${cwd}/plugins.json`,
      plugins: [
        { name: "plugin-text", steps: ["text/count"], services: { "text/alphabet": ["latin"] }, needs: ["network"] },
      ],
      problems: [{ error: "plugin-not-installed" }],
    });
  });
});

/** The same files in another place than node_modules/plugin-text. */
function moved(files: Readonly<Record<string, string | object>>, to: string): Record<string, string | object> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path.replace("node_modules/plugin-text", to), content]),
  );
}

describe("plugins describe", () => {
  it("shows the contracts of its parts", async () => {
    const cwd = makeProject({ "plugins.json": { plugins: ["plugin-text"] }, ...textPlugin });
    const { status, stdout } = await call(describePlugin, cwd, ["plugin-text"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        "plugin-text 1.2.3",
        "Counts words.",
        `${cwd}/node_modules/plugin-text`,
        "needs network",
        "",
        "text/count  Counts the words of a text.",
        "  config",
        "    top        integer       default 10",
        '    fold.case  "yes" | "no"  required',
        "  inputs",
        "    text  file  text/plain",
        "    stop  file  text/plain  optional",
        "  outputs",
        "    counts  json  text/counts  counts.json",
        "  service    alphabet: text/alphabet",
        "  seeds      order",
        "  effects    changes something outside the run",
        "  resources  cpu 1, memory 0, gpu 0",
        "",
        "text/alphabet=latin  The letters of Latin.",
        "  options",
        "    accents  boolean  default false",
        "  scope  attempt",
      ].join("\n"),
    );
  });

  it("finds a plugin by a step of it, and gives the contracts with --json", async () => {
    const cwd = makeProject({ "plugins.json": { plugins: ["plugin-text", "plugin-absent"] }, ...textPlugin });
    const { stdout } = await call(describePlugin, cwd, ["text/count"], { json: true });
    expect(JSON.parse(stdout)).toMatchObject({
      version: "1.2.3",
      parts: [
        { name: "text/count", contract: { seeds: ["order"], effects: "external" } },
        { name: "text/alphabet=latin", contract: { token: "text/alphabet" } },
      ],
    });
  });

  it("refuses a plugin that is not on, one that can't be used, and one whose step can't be imported", async () => {
    const plugins = ["plugin-text", "plugin-absent", "plugin-broken"];
    const cwd = makeProject({ "plugins.json": { plugins }, ...textPlugin, ...brokenPlugin });
    const unknown = await call(describePlugin, cwd, ["plugin-txt"], { json: true });
    expect([unknown.status, JSON.parse(unknown.stderr)]).toEqual([
      2,
      {
        error: "plugin-not-found",
        detail: `No plugin "plugin-txt" is on in ${cwd}/plugins.json.`,
        hint: 'Did you mean "plugin-text"?',
      },
    ]);
    const absent = await call(describePlugin, cwd, ["plugin-absent"], { json: true });
    expect(JSON.parse(absent.stderr)).toMatchObject({ error: "plugin-not-installed" });
    const broken = await call(describePlugin, cwd, ["plugin-broken"]);
    expect(broken.status).not.toBe(0);
    expect(broken.stdout).toContain("plugin-broken 0.0.1");
    expect(broken.stderr).toContain("no good");
  });
});
