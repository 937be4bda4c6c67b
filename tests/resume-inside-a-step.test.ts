import { cpSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project, type ProjectOptions } from "./rig/project.ts";
import { eventsOf, outcomeOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const counting = (extra: object = {}) => ({
  pipeline: "counting",
  phases: { count: { step: "rig/count", with: { to: 4 }, ...extra } },
});

describe("a long step whose engine is killed", () => {
  it("goes on from its newest checkpoint, to the results of an undisturbed run", async () => {
    const project = new Project(scratch, { pipeline: counting() });
    await killInRound(project, 3);

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    expect(project.executions()).toEqual(["begin 0", "round 1", "round 2", "round 3", "begin 3", "round 4"]);
    expect(outcomeOf(project.onlyRun())).toEqual(await undisturbed(counting()));
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
  });

  it("passes over a torn checkpoint and takes the one before", async () => {
    const project = new Project(scratch, { pipeline: counting() });
    await killInRound(project, 3);
    const { newest } = checkpointsOf(project);
    truncateSync(newest, 3);

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    expect(project.executions().slice(4)).toEqual(["begin 2", "round 3", "round 4"]);
    expect(outcomeOf(project.onlyRun())).toEqual(await undisturbed(counting()));
  });

  it("begins anew where every checkpoint is damaged", async () => {
    const project = new Project(scratch, { pipeline: counting() });
    await killInRound(project, 2);
    const { all } = checkpointsOf(project);
    for (const path of all) writeFileSync(path, "[1, 2, 3, 4, 5, 6]");

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    expect(project.executions().slice(3)).toEqual(["begin 0", "round 1", "round 2", "round 3", "round 4"]);
  });

  it("never gets a checkpoint of another fingerprint", async () => {
    const project = new Project(scratch, { pipeline: counting() });
    await killInRound(project, 2);
    const other = new Project(scratch, { pipeline: counting({ with: { to: 4, salt: "s" } }) });
    await killInRound(other, 3);
    const from = checkpointsOf(other).directory;
    cpSync(from, join(project.onlyRun(), "phases/count/attempt-9.checkpoints"), { recursive: true });

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    expect(project.executions().slice(3)).toEqual(["begin 2", "round 3", "round 4"]);
  });

  it("goes on from the checkpoint of an attempt that failed, within the run", async () => {
    const project = new Project(scratch, {
      pipeline: counting({ with: { to: 4 }, retry: { attempts: 2, delay: "1ms" } }),
    });
    await using gate = await Gate.open(project);
    const engine = project.start(["run"]);
    (await gate.arrival("round 1")).release();
    process.kill((await gate.arrival("round 2")).pid, "SIGKILL");
    (await gate.arrival("round 3")).release();
    (await gate.arrival("round 4")).release();

    expect(await engine.ended).toMatchObject({ status: 0 });
    expect(project.executions()).toEqual(["begin 0", "round 1", "round 2", "begin 2", "round 3", "round 4"]);
    const failed = eventsOf(project.onlyRun()).filter(({ type }) => type === "attempt-failed");
    expect(failed).toMatchObject([{ attempt: 1, error: { error: "worker-killed" }, retry_in_ms: expect.any(Number) }]);
  });
});

describe("training whose engine is killed", () => {
  it("goes on within the training, to the same model, thresholds and bundle", async () => {
    const killed = trainingProject();
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "journal:checkpoint-saved:train#2" } };
    expect((await killed.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    expect(await killed.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    const whole = trainingProject();
    expect(await whole.orchestrate(["run"])).toMatchObject({ status: 0 });

    expect(outcomeOf(killed.onlyRun())).toEqual(outcomeOf(whole.onlyRun()));
    expect(await verifyRun(killed.onlyRun())).toMatchObject({ ok: true });
    const epochs = eventsOf(killed.onlyRun()).flatMap((event) =>
      event.type === "metric" && event.name === "train_loss" && event.attempt === 2 ? [event.step] : [],
    );
    // The last is that of the best epoch. The worker may have saved the third checkpoint before it saw its engine die.
    expect([[], [3]]).toContainEqual(epochs.slice(0, -1));
  });
});

describe("a program that keeps its state, whose engine is killed", () => {
  it("goes on from there, to the same result", async () => {
    const killed = new Project(scratch, SUMMING);
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "journal:checkpoint-saved:sum#2" } };
    expect((await killed.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    expect(await killed.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });

    const whole = new Project(scratch, SUMMING);
    expect(await whole.orchestrate(["run"])).toMatchObject({ status: 0 });

    expect(outcomeOf(killed.onlyRun())).toEqual(outcomeOf(whole.onlyRun()));
    // The program may have come further before its engine's death was seen.
    expect((await killed.orchestrate(["logs", "sum"])).stdout).toMatch(
      /stdout {2}from 0\n(.*\n)*.*stdout {2}from [234]/,
    );
  });
});

/** Runs until a round's checkpoint is saved, and kills the engine there. */
async function killInRound(project: Project, round: number): Promise<void> {
  await using gate = await Gate.open(project);
  const engine = project.start(["run"]);
  for (let before = 1; before < round; before++) (await gate.arrival(`round ${before}`)).release();
  const held = await gate.arrival(`round ${round}`);
  engine.kill("SIGKILL");
  expect((await engine.ended).signal).toBe("SIGKILL");
  await held.gone;
}

async function undisturbed(pipeline: object) {
  const project = new Project(scratch, { pipeline });
  expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
  return outcomeOf(project.onlyRun());
}

function checkpointsOf(project: Project) {
  const directory = join(project.onlyRun(), "phases/count/attempt-1.checkpoints");
  const all = readdirSync(directory)
    .sort()
    .map((name) => join(directory, name));
  return { directory, all, newest: all.at(-1)! };
}

function trainingProject(): Project {
  return new Project(scratch, { plugins: ["@orchestrate/steps-vision"], pipeline: TRAINING });
}

const TRAINING = {
  pipeline: "training",
  seed: 7,
  phases: {
    dataset: { step: "vision/dataset", with: { size: 16, scenes: { count: 80 } } },
    train: {
      step: "vision/train",
      with: { epochs: 3, width: 16, depth: 1 },
      inputs: { train: "dataset.train", val_select: "dataset.val_select" },
    },
    infer: { step: "vision/infer", inputs: { checkpoint: "train.checkpoint", calib_fit: "dataset.calib_fit" } },
    sweep: { step: "vision/sweep", inputs: { predictions: "infer.calib_fit" } },
    export: { step: "vision/export", inputs: { checkpoint: "train.checkpoint", policy: "sweep.policy" } },
  },
};

/** A program that keeps its state after each of four rounds. */
const SUMMING: ProjectOptions = {
  plugins: ["@orchestrate/steps-command"],
  files: {
    "sum.py": `
import json, os, sys
path, done, total = os.environ["CHECKPOINT"], 0, 0
if os.path.exists(path):
    done, total = json.load(open(path))
print("from", done, flush=True)
events = os.fdopen(int(os.environ["ORCHESTRATE_EVENTS_FD"]), "w", buffering=1)
while done < 4:
    done, total = done + 1, total * 7 + done
    json.dump([done, total], open(path + ".new", "w"))
    os.replace(path + ".new", path)
    print(json.dumps({"checkpoint": True}), file=events)
open(sys.argv[1], "w").write(str(total))
`,
  },
  pipeline: {
    pipeline: "summing",
    phases: {
      sum: {
        step: "command/run",
        with: { argv: ["python3", "sum.py", "${outputs.total}"] },
        outputs: { total: "total.txt" },
      },
    },
  },
};
