import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDisk, checkNode } from "../doctor/check-machine.ts";
import { checkProgram } from "../doctor/check-program.ts";
import { checkRunsDirectory } from "../doctor/check-runs-directory.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { brokenPlugin, makeProject, textPlugin } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as doctor from "./doctor.ts";

describe("doctor", () => {
  it("finds a machine well where nothing is broken, and leaves nothing behind", async () => {
    const cwd = makeProject({ "plugins.json": { plugins: ["plugin-text"] }, ...textPlugin });
    const before = readdirSync(cwd);
    const { status, stdout, stderr } = await call(doctor, cwd, [], { json: true });
    expect([status, stderr]).toEqual([0, ""]);
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { subject: string; state: string }[] };
    expect(ok).toBe(true);
    expect(checks.filter(({ state }) => state === "ok").map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(["node", "capacity", "runs directory", "file system", "fsync", "locks", "plugin-text"]),
    );
    expect(readdirSync(cwd)).toEqual(before);
  });

  it("asks providers that can tell whether what they need is there", async () => {
    const provider = (check: string) => `
      import { defineService, defineToken, z } from "@orchestrate/sdk";
      export default defineService({
        token: defineToken("text/alphabet"),
        summary: "The letters of Latin.",
        options: z.strictObject({ accents: z.boolean().default(false) }),
        create: () => ({}),
        check: ${check},
      });`;
    const said = `async ({ options }) => ({ state: "warning", detail: "no accents: " + options.accents, hint: "Add some." })`;
    const latin = "node_modules/plugin-text/latin.js";
    const project = { "plugins.json": { plugins: ["plugin-text"] }, ...textPlugin };
    const told = await call(doctor, makeProject({ ...project, [latin]: provider(said) }), [], { json: true });
    expect(told.status).toBe(0);
    expect(JSON.parse(told.stdout).checks).toContainEqual({
      subject: "latin",
      state: "warning",
      detail: "no accents: false",
      hint: "Add some.",
    });
    const thrown = `async () => { throw new Error("not today"); }`;
    const { status, stdout } = await call(doctor, makeProject({ ...project, [latin]: provider(thrown) }));
    expect(status).toBe(2);
    expect(stdout).toMatch(/✗ latin +.*not today/);
  });

  it("names what is broken, for people, with status 2", async () => {
    const plugins = ["plugin-broken", "plugin-absent"];
    const cwd = makeProject({ "plugins.json": { plugins }, ...brokenPlugin });
    const { status, stdout, stderr } = await call(doctor, cwd);
    expect(status).toBe(2);
    expect(stdout).toMatch(/✗ plugin +.*names plugin-absent, which is not installed/);
    expect(stdout).toMatch(/✗ plugin-broken +.*no good/);
    expect(stderr).toContain("error: 2 checks failed, the first is plugin: ");
    expect(stderr).toContain("code:  doctor-found-faults");
  });
});

describe("the checks", () => {
  it("says that a runs directory can't be made below a file", async () => {
    const file = join(freshDirectory(), "file");
    writeFileSync(file, "");
    const [check] = await checkRunsDirectory(file);
    expect(check).toMatchObject({
      state: "broken",
      hint: "Make it writable for this user, or choose another place with --runs-dir.",
    });
    expect(check?.detail).toMatch(/^Nothing can be written in .*ENOTDIR/);
  });

  it("tries the nearest directory that is there where the runs directory is not", async () => {
    const root = freshDirectory();
    const checks = await checkRunsDirectory(join(root, "a/b/runs"));
    expect(checks.every(({ state }) => state !== "broken")).toBe(true);
    expect(readdirSync(root)).toEqual([]);
  });

  it("warns of a disk that is nearly full", () => {
    expect(checkDisk(2 ** 30, "/data").state).toBe("ok");
    expect(checkDisk(2 ** 29, "/data")).toEqual({
      subject: "disk",
      state: "warning",
      detail: "Only 512 MiB free at /data.",
      hint: "Free some space, or keep runs on another disk with --runs-dir.",
    });
  });

  it("wants Node 24", () => {
    expect(checkNode("24.0.0").state).toBe("ok");
    expect(checkNode("22.13.0")).toMatchObject({ state: "broken", hint: "Run: npm install node@24" });
  });

  it("warns of a program that is not there", async () => {
    expect(await checkProgram("no-such-program-at-all", "steps in it can't run")).toEqual({
      subject: "no-such-program-at-all",
      state: "warning",
      detail: "no-such-program-at-all is not here: steps in it can't run.",
      hint: "Install no-such-program-at-all if you need it.",
    });
    expect(await checkProgram(process.execPath, "nothing works")).toMatchObject({
      state: "ok",
      detail: process.version,
    });
  });
});
