import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

it("a run goes on to its end where whoever read its words is gone", async () => {
  const project = new Project(scratch, {
    pipeline: {
      pipeline: "told",
      phases: {
        first: { step: "rig/write", with: { name: "first" } },
        second: { step: "rig/write", with: { name: "second" }, inputs: { before: "first.text" } },
      },
    },
  });
  const run = await project.orchestrate(["run"], { under: ["sh", "-c", 'true | "$@" | true', "sh"] });
  expect(run.stderr).toBe("");
  const shown = await project.orchestrate(["show", "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ outcome: "succeeded" });
});

it.runIf(existsSync("/dev/full"))("a result that the disk has no room for is an error", async () => {
  const project = new Project(scratch, {
    pipeline: { pipeline: "told", phases: { first: { step: "rig/write", with: { name: "first" } } } },
  });
  const full = { under: ["sh", "-c", 'exec "$@" > /dev/full', "sh"] };
  const run = await project.orchestrate(["run"], full);
  expect([run.status, run.stderr]).toEqual([5, expect.stringContaining("ENOSPC: no space left on device, write.")]);
  const shown = await project.orchestrate(["show", "--json"], full);
  expect([shown.status, errorOf(shown).error]).toEqual([5, "disk-full"]);
  expect(JSON.parse((await project.orchestrate(["show", "--json"])).stdout)).toMatchObject({ outcome: "succeeded" });
});

it("a working directory that was removed is told in words", async () => {
  const project = new Project(scratch, {});
  const gone = { under: ["sh", "-c", 'mkdir gone; cd gone; rmdir ../gone; exec "$@"', "sh"] };
  const ended = await project.orchestrate(["runs", "--json"], gone);
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(errorOf(ended)).toEqual({
    error: "usage",
    detail: "The working directory is not there any more.",
    hint: "Go to one that is there.",
  });
});
