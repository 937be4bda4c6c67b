import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN } from "./rig/engine.ts";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

/** Ids of users, which need have no names, and of the group that all of them are in. */
const [ANN, BEN, CLEO, TEAM] = [61_001, 61_002, 61_003, 61_000];

/** What starts a command as a user whose files the group may write. */
function as(user: number): { readonly under: readonly string[] } {
  const become = ["setpriv", `--reuid=${user}`, `--regid=${TEAM}`, "--clear-groups"];
  return { under: [...become, "sh", "-c", 'umask 002; exec "$@"', "sh"] };
}

const possible = spawnSync("env", [...as(ANN).under, "test", "-r", BIN]).status === 0;

describe.skipIf(!possible)("users of one group (needs root, and a repository that all may read)", () => {
  it("reuse each other's results, whoever looked at the runs meanwhile", async () => {
    const project = shared(text);
    expect(resultOf(await project.orchestrate(["run", "--json"], as(ANN)))).toMatchObject({ outcome: "succeeded" });
    expect(await project.orchestrate(["plan"], as(BEN))).toMatchObject({ status: 0 });
    project.write("notes.txt", "other");
    expect(resultOf(await project.orchestrate(["run", "--json"], as(BEN)))).toMatchObject({ outcome: "succeeded" });
    expect(resultOf(await project.orchestrate(["run", "--json"], as(ANN)))).toMatchObject({ outcome: "nothing-to-do" });
    expect(resultOf(await project.orchestrate(["run", "--json"], as(BEN)))).toMatchObject({ outcome: "nothing-to-do" });
    expect(project.executions()).toEqual(["text", "text"]);
  });

  it("see each other's runs where the index is one user's alone, and leave that index as it is", async () => {
    const project = shared(text);
    await project.orchestrate(["run", "--json"], as(ANN));
    const index = project.path("runs/.index.sqlite");
    chmodSync(index, 0o644);
    project.write("notes.txt", "other");
    expect(resultOf(await project.orchestrate(["run", "--json"], as(BEN)))).toMatchObject({ outcome: "succeeded" });
    for (const user of [BEN, ANN, BEN])
      expect(resultOf(await project.orchestrate(["run", "--json"], as(user)))).toMatchObject({
        outcome: "nothing-to-do",
      });
    expect(statSync(index)).toMatchObject({ uid: ANN, mode: 0o100644 });
    const { checks } = JSON.parse((await project.orchestrate(["doctor", "--json"], as(BEN))).stdout);
    expect(checks).toContainEqual({
      subject: "index",
      state: "warning",
      detail: `This user may not write ${index}: what the runs hold is read anew for every command.`,
      hint: "Delete it, or have its owner let your group write it; it is made again.",
    });
  });

  it("drive a run one at a time, whoever made it", async () => {
    const project = shared({
      ...text,
      phases: { ...text.phases, held: { step: "rig/hold", with: { name: "held" }, inputs: { before: "text.text" } } },
    });
    await using gate = await Gate.open(project);
    chmodSync(join(project.outside, "gate"), 0o777);
    const killed = project.start(["run"], as(ANN));
    const lost = await gate.arrival("held");
    killed.kill("SIGKILL");
    await lost.gone;
    const driving = project.start(["resume", "--json"], as(BEN));
    const held = await gate.arrival("held");
    const refused = await project.orchestrate(["resume", "--json"], as(CLEO));
    expect(errorOf(refused)).toMatchObject({ error: "locked" });
    held.release();
    expect(await driving.ended).toMatchObject({ status: 0 });
    expect(Object.keys(manifestsOf(project.onlyRun())).sort()).toEqual(["held", "text"]);
  });

  it("is told of a run that another one keeps to himself", async () => {
    const project = shared(text);
    await project.orchestrate(["run", "--set", "text.with.text=fail"], as(ANN));
    const lock = join(project.onlyRun(), "run.lock");
    chmodSync(lock, 0o644);
    const refused = await project.orchestrate(["resume", "--json"], as(BEN));
    expect(refused).toMatchObject({ status: 5 });
    expect(errorOf(refused)).toEqual({
      error: "not-permitted",
      detail: `Could not lock ${lock}: EACCES: permission denied, access '${lock}'.`,
      hint: "Make sure that this user may read and write there, then try again.",
    });
  });
});

const text = {
  pipeline: "two",
  phases: { text: { step: "rig/write", with: { name: "text" }, inputs: { before: { path: "notes.txt" } } } },
};

/** A project that the whole group may write. */
function shared(pipeline: object): Project {
  const project = new Project(scratch, { pipeline, files: { "notes.txt": "notes" } });
  chmodSync(dirname(project.directory), 0o755);
  chmodSync(project.outside, 0o777);
  chownSync(project.directory, ANN, TEAM);
  chmodSync(project.directory, 0o2775);
  return project;
}
