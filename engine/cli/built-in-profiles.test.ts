import { basename } from "node:path";
import { expect, it } from "vitest";
import { listProfiles } from "../io/config/list-profiles.ts";
import { builtInProfiles } from "./built-in-profiles.ts";
import { readProfile } from "./read-profile.ts";

const places = { root: "/nowhere", builtIn: builtInProfiles() };

it("brings four profiles for any pipeline, two for that of the vision steps, and five for cover trees", () => {
  expect(listProfiles(places).map(({ name }) => name)).toEqual([
    "audit",
    "ci",
    "cover-default",
    "cpu-debug",
    "default",
    "fast",
    "residual-audit",
    "residual-fast",
    "residual-gold",
    "vision-fast",
    "vision-full",
  ]);
});

it.each(listProfiles(places))("$name is valid, and named as its file", async ({ name, file }) => {
  const { profile, workload, tags } = (await readProfile(name, places)).document;
  expect([profile, basename(file)]).toEqual([name, `${name}.yaml`]);
  expect(workload.length).toBeGreaterThan(20);
  expect(tags).not.toEqual([]);
});

it.each([
  ["default", { durability: "strict", reuse: "link", verify: "none" }],
  ["fast", { durability: "relaxed", reuse: "link", verify: "none" }],
  ["audit", { durability: "strict", reuse: "copy", verify: "digest" }],
  ["ci", { durability: "relaxed", concurrency: 2, verify: "digest" }],
])("%s promises what it is for", async (name, promised) => {
  expect((await readProfile(name, places)).document).toMatchObject(promised);
});
