import { describe, expect, it } from "vitest";
import { RunRig } from "./fixtures/run-rig.ts";

const list = { outputs: { items: "items.json" } };
const fan = { each: "list.items", key: "${item}", outputs: { out: "out.txt" } };
const all = { inputs: { outs: "fan[*].out" } };

describe("a fan-out over a list that a phase writes", () => {
  it("is told with its keys, and has an attempt for each", async () => {
    using rig = new RunRig({ list, fan, all });
    const driven = rig.drive({}, { files: { readJson: async () => ["x", "y"] } });
    (await rig.attempt()).complete();
    for (const key of ["x", "y"]) {
      const attempt = await rig.attempt();
      expect(attempt.order).toMatchObject({ item: key, phaseDirectory: `${rig.directory}/phases/fan/${key}` });
      attempt.complete(key);
    }
    (await rig.attempt()).complete();
    expect((await driven).outcome).toBe("succeeded");
    const told = rig.events.filter(({ type }) => type === "phase-expanded");
    expect(told).toEqual([{ type: "phase-expanded", phase: "fan", keys: ["x", "y"] }]);
  });

  it("fails as a whole where that is no list, and what gathers it is skipped", async () => {
    using rig = new RunRig({ list, fan, all });
    const driven = rig.drive({ onFailure: "keep-going" }, { files: { readJson: async () => ({ x: 1 }) } });
    (await rig.attempt()).complete();
    const error = {
      error: "each-not-a-list",
      category: "failed",
      detail: "fan is fanned out over a JSON document that is not a list.",
      hint: "Let the phase that writes it write a list.",
    };
    const told = { phase: "fan", key: null, item: undefined, error };
    expect(await driven).toMatchObject({ outcome: "failed", failures: [{ id: "fan", ...told }] });
    expect(rig.events.slice(-2)).toEqual([
      { type: "phase-failed", ...told },
      { type: "phase-skipped", phase: "all", key: null, reason: "blocked", by: "fan" },
    ]);
  });

  it("is not read where the run comes to stop before", async () => {
    using rig = new RunRig({ list, fan, bad: { outputs: { bad: "bad.txt" } } });
    const readJson = async () => expect.fail("nobody is to ask for it");
    const driven = rig.drive({}, { files: { readJson } });
    const [first, second] = [await rig.attempt(), await rig.attempt()];
    second.end({
      type: "failed",
      error: { error: "step-threw", category: "failed", detail: "It threw.", hint: "Look." },
    });
    first.complete();
    expect((await driven).failures.map(({ id }) => id)).toEqual(["bad"]);
  });
});
