import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

/** A phase that is held, and one after it that runs a script of the project. */
const pipeline = {
  pipeline: "scripted",
  phases: {
    held: { step: "rig/hold", with: { name: "held" } },
    scripted: {
      step: "command/run",
      after: ["held"],
      with: { argv: ["sh", "say.sh", "${outputs.said}"] },
      code: ["words.txt"],
      outputs: { said: "said.txt" },
    },
  },
};
const files = { "say.sh": 'echo first > "$1"\n', "words.txt": "words\n" };
const plugins = ["orchestrate-plugin-rig", "@orchestrate/steps-command"];

it.each([
  ["a script that argv names", "say.sh", 'echo second > "$1"\n'],
  ["a file under `code`", "words.txt", "other words\n"],
])("%s that changes while the run goes on is not taken for what it was", async (_, file, text) => {
  const project = new Project(scratch, { plugins, files, pipeline });
  await using gate = await Gate.open(project);
  const run = project.start(["run", "--json"]);
  const held = await gate.arrival("held");
  project.write(file, text);
  held.release();
  const ended = await run.ended;
  expect(ended.status).toBe(3);
  expect(errorOf(ended)).toEqual({
    error: "code-changed",
    detail: `scripted: ${project.path(file)}, which counts as code of this phase, was changed after the run had looked at it.`,
    hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
  });

  expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
  const said = readFileSync(join(project.onlyRun(), "phases/scripted/artifacts/said.txt"), "utf8");
  expect(said).toBe(file === "say.sh" ? "second\n" : "first\n");
  const before = manifestsOf(project.onlyRun()).scripted!.fingerprint;
  project.write(file, files[file as keyof typeof files]);
  expect((await project.orchestrate(["run"])).stdout).toMatch(/^✓ scripted/m);
  const after = manifestsOf(join(project.path("runs"), project.runs().at(-1)!)).scripted!.fingerprint;
  expect(after.digest).not.toBe(before.digest);
});

it("a script that is written again as it was is no other one", async () => {
  const project = new Project(scratch, { plugins, files, pipeline });
  await using gate = await Gate.open(project);
  const run = project.start(["run"]);
  const held = await gate.arrival("held");
  project.write("say.sh", files["say.sh"]);
  held.release();
  expect(await run.ended).toMatchObject({ status: 0, stderr: "" });
});
