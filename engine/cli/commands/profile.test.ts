import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { builtInProfiles } from "../built-in-profiles.ts";
import { makeProject } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as describeProfile from "./profile-describe.ts";
import * as listProfiles from "./profile-list.ts";

const mine = { profile: "mine", description: "My own.", workload: "Mine.", seed: 7 };
const project = () => makeProject({ "profiles/mine.json": mine, "profiles/bad.yaml": "profile: bad\nsed: 1\n" });

describe("profile list", () => {
  it("lists the project's own and those that come with the engine, and says which can't be used", async () => {
    const { status, stdout } = await call(listProfiles, project());
    expect(status).toBe(0);
    const lines = stdout.split("\n");
    const builtIn = readdirSync(builtInProfiles()).map((file) => `${basename(file, ".yaml")} built-in`);
    expect(lines.map((line) => line.split(/\s+/).slice(0, 2).join(" "))).toEqual(
      [...builtIn, "bad project", "mine project"].sort(),
    );
    expect(stdout).toContain("can't be used: ");
    expect(lines.find((line) => line.startsWith("mine"))).toMatch(/^mine +project {3}My own\. For: Mine\.$/);
  });

  it("gives them as JSON", async () => {
    const { stdout } = await call(listProfiles, project(), [], { json: true });
    const { profiles } = JSON.parse(stdout) as { profiles: { name: string; problem: string | null; tags: string[] }[] };
    expect(profiles.find(({ name }) => name === "fast")).toMatchObject({
      origin: "built-in",
      tags: ["trial"],
      problem: null,
    });
    expect(profiles.find(({ name }) => name === "bad")?.problem).toContain("sed");
  });
});

describe("profile describe", () => {
  it("prints a profile as YAML, or as JSON where that is asked for", async () => {
    const cwd = project();
    const whole = { ...mine, tags: [] };
    expect(parse((await call(describeProfile, cwd, ["mine"])).stdout)).toEqual(whole);
    expect(JSON.parse((await call(describeProfile, cwd, ["mine"], { format: "json" })).stdout)).toEqual(whole);
    expect(JSON.parse((await call(describeProfile, cwd, ["mine"], { json: true })).stdout)).toEqual(whole);
  });

  it.each([
    [["min"], {}, "profile-not-found", 'Did you mean "mine"?'],
    [["mine"], { format: "toml" }, "usage", "Write --format yaml, or --format json."],
  ])("refuses %s with %s", async (args, options, error, hint) => {
    const { status, stderr } = await call(describeProfile, project(), args, options);
    expect(status).toBe(2);
    expect(stderr).toContain(`hint:  ${hint}\ncode:  ${error}`);
  });

  it("says where a profile is wrong", async () => {
    const { status, stderr } = await call(describeProfile, project(), ["bad"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:2:1 sed: /);
  });
});
