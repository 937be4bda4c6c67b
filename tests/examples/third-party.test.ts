import { globSync } from "node:fs";
import { verifyRun } from "@orchestrate/manifests";
import { expect, it } from "vitest";
import { outcomeOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { StrangePlace } from "../rig/strange-place.ts";

const scratch = scratchDirectory();
const CORE = ["orchestrate-manifests", "orchestrate-sdk", "orchestrate-engine"];
const STEPS = ["orchestrate-steps-command", "orchestrate-steps-hashmap"];

it("examples/third-party: two plugins are tested, checked, packed, added and run in a project that knows archives only", async () => {
  const place = await StrangePlace.open(scratch, [
    "manifests",
    "engine/sdk",
    "engine",
    "steps/command",
    "steps/hashmap",
  ]);
  for (const plugin of ["orchestrate-plugin-tally", "orchestrate-plugin-steady"]) {
    place.bring(`examples/third-party/${plugin}`, plugin);
    await place.sh(plugin, `npm install --no-save ${place.packs(...CORE, "orchestrate-steps-hashmap")}`);
    expect((await place.sh(plugin, "npm test")).stdout).toMatch(/\bfail 0\n/);
    const checked = JSON.parse((await place.sh(plugin, "npx orchestrate plugins check --json")).stdout);
    expect(checked.checks.filter(({ state }: { state: string }) => state !== "ok")).toEqual([]);
    await place.sh(plugin, "npm pack");
  }

  place.write("project/package.json", { private: true });
  place.bring("examples/third-party/orchestrate.config.yaml", "project/orchestrate.config.yaml");
  await place.sh("project", `npm install ${place.packs(...CORE, ...STEPS)}`);
  for (const archive of [
    ...STEPS.map((name) => place.packs(name)),
    "../orchestrate-plugin-tally/orchestrate-plugin-tally-1.0.0.tgz",
    "../orchestrate-plugin-steady/orchestrate-plugin-steady-1.0.0.tgz",
  ]) {
    await place.sh("project", `npx orchestrate plugins add ${archive} --yes`);
  }
  const listed = await place.sh("project", "npx orchestrate plugins list");
  expect(listed.stdout).toMatch(/orchestrate-plugin-tally +1\.0\.0 +file:\S+ +steps: tally\/lines\n/);
  expect(listed.stdout).toMatch(/orchestrate-plugin-steady +1\.0\.0 +file:\S+ +services: hashmap\/timer=steady\n/);

  await place.sh("project", "npx orchestrate run");
  const again = await place.sh("project", "npx orchestrate run");
  expect(again.stdout).toContain("Nothing to do");
  await place.sh("project", "npx orchestrate run --no-cache --runs-dir anew");
  const [run, anew] = ["runs", "anew"].map((runs) => globSync(place.path("project", runs, "[0-9]*"))[0]!);
  expect(await verifyRun(run!)).toMatchObject({ ok: true, state: "finished" });
  expect(outcomeOf(anew!)).toEqual(outcomeOf(run!));
  const counted = await place.sh("project", "cat runs/*/phases/tally/artifacts/counts.ndjson");
  const rows = counted.stdout
    .trim()
    .split("\n")
    .map((row) => JSON.parse(row));
  expect(rows.map(({ line }) => line)).toEqual(["get", "put", "del"]);
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
  expect(place.pathsIntoRepository()).toEqual([]);
}, 180_000);
