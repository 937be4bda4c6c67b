import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeProject, textPlugin } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as add from "./plugins-add.ts";
import * as remove from "./plugins-remove.ts";

/** A project beside the fixture plugin, which lies in `text` and is not installed. */
function projectBeside(files: Readonly<Record<string, string | object>> = {}): string {
  const beside = Object.entries(textPlugin).map(([path, content]) => [
    path.replace("node_modules/plugin-text", "text"),
    content,
  ]);
  return makeProject({
    "package.json": { private: true },
    "package-lock.json": { lockfileVersion: 3, packages: {} },
    ...Object.fromEntries(beside),
    ...files,
  });
}

const pluginsOf = (cwd: string) => JSON.parse(readFileSync(join(cwd, "plugins.json"), "utf8")).plugins;

describe("plugins add and remove", () => {
  it("installs a directory, pins its version and what it needs, and takes it out again", async () => {
    const cwd = projectBeside({ "plugins.json": '{ "plugins": [] }' });
    const { status, stdout } = await call(add, cwd, ["./text"], { yes: true });
    expect([status, stdout]).toEqual([
      0,
      `plugin-text 1.2.3 is on in ${cwd}/plugins.json; nothing vouches for its content.`,
    ]);
    expect(pluginsOf(cwd)).toEqual([{ name: "plugin-text", version: "^1.2.3", needs: ["network"] }]);
    expect(existsSync(join(cwd, "node_modules/plugin-text/count.js"))).toBe(true);

    const removed = await call(remove, cwd, ["plugin-text"], { json: true });
    expect(JSON.parse(removed.stdout)).toEqual({ name: "plugin-text", file: `${cwd}/plugins.json`, uninstalled: true });
    expect(pluginsOf(cwd)).toEqual([]);
    expect(existsSync(join(cwd, "node_modules/plugin-text"))).toBe(false);
  });

  it("refuses what needs something, where nobody can be asked, and leaves plugins.json as it is", async () => {
    const cwd = projectBeside();
    const { status, stderr } = await call(add, cwd, ["./text"]);
    expect(status).toBe(4);
    expect(stderr).toContain(
      [
        "plugin-text says what it needs:",
        "  network: it reaches the network.",
        "Needs are what plugins say of themselves: the engine shows and asks, and does not keep a plugin from more.",
        "error: plugin-text needs network, and nobody has allowed it. It is installed, and not on.",
        "hint:  Run it on a terminal, or with --yes; or uninstall it.",
        "code:  plugin-needs-refused",
      ].join("\n"),
    );
    expect(existsSync(join(cwd, "plugins.json"))).toBe(false);
  });

  it("refuses what has a name that is taken", async () => {
    const other = {
      name: "plugin-other",
      version: "1.0.0",
      orchestrate: { api: 1, steps: { "text/count": "./count.js" } },
    };
    const cwd = projectBeside({
      "package.json": { private: true, dependencies: { "plugin-other": "file:other" } },
      "other/package.json": other,
      "other/count.js": "",
      "plugins.json": { plugins: ["plugin-other"] },
    });
    const { status, stderr } = await call(add, cwd, ["./text"], { yes: true, json: true });
    expect(status).toBe(2);
    expect(JSON.parse(stderr.split("\n").at(-1)!)).toMatchObject({
      error: "plugin-collision",
      detail: 'plugin-other and plugin-text both contribute the step "text/count". It is installed, and not on.',
    });
    expect(pluginsOf(cwd)).toEqual(["plugin-other"]);
  });

  it("says that a package is no plugin, and what failed where nothing could be installed", async () => {
    const cwd = projectBeside({ "left/package.json": { name: "left", version: "1.0.0" } });
    expect(JSON.parse((await call(add, cwd, ["./left"], { json: true })).stderr.split("\n").at(-1)!)).toMatchObject({
      error: "plugin-not-a-plugin",
      detail: expect.stringMatching(
        /^left is no plugin: \S+ has no "orchestrate" block with "api"\. It is installed, and not on\.$/,
      ),
      hint: 'If it is yours, add "orchestrate": { "api": 1 }; otherwise take it out of plugins.json, and uninstall it.',
    });
    const absent = await call(add, cwd, ["./absent"], { json: true });
    expect(absent.status).toBe(5);
    expect(JSON.parse(absent.stderr.split("\n").at(-1)!)).toMatchObject({
      error: "package-manager-failed",
      detail: expect.stringMatching(
        /^`npm i \S+absent` failed for \S+absent: npm error \S+ Could not read package\.json: /,
      ),
      hint: "Run it by hand to see more; plugins.json was not changed.",
    });
  });

  it("tells a broken plugins.json before anything is installed", async () => {
    const cwd = projectBeside({ "plugins.json": '{ "plugin": [] }' });
    expect((await call(add, cwd, ["./text"], { json: true })).stderr).toContain("plugins-file-invalid");
    expect(existsSync(join(cwd, "node_modules/plugin-text"))).toBe(false);
  });

  it("says that a plugin is not on, with the nearest name", async () => {
    const cwd = projectBeside({ "plugins.json": { plugins: ["plugin-text"] } });
    const { status, stderr } = await call(remove, cwd, ["plugin-txt"], { json: true });
    expect([status, JSON.parse(stderr)]).toEqual([
      2,
      {
        error: "plugin-not-found",
        detail: `No plugin "plugin-txt" is on in ${cwd}/plugins.json.`,
        hint: 'Did you mean "plugin-text"?',
      },
    ]);
  });

  it("takes out one that the project does not depend on, and uninstalls nothing", async () => {
    const cwd = makeProject({ "plugins.json": { plugins: ["plugin-text"] }, ...textPlugin });
    const { stdout } = await call(remove, cwd, ["plugin-text"]);
    expect(stdout).toBe(`plugin-text is off; ${cwd}/package.json does not name it.`);
    expect(pluginsOf(cwd)).toEqual([]);
  });
});
