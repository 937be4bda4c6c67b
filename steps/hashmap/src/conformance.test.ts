import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { describe, it } from "vitest";
import compact from "./compact.ts";
import compare from "./compare.ts";
import type { Timer } from "./contract.ts";
import dna from "./dna.ts";
import generate from "./generate.ts";
import inspect from "./inspect.ts";
import probe from "./probe.ts";
import profile from "./profile.ts";
import repair from "./repair.ts";
import replay from "./replay.ts";
import report from "./report.ts";
import validate from "./validate.ts";
import verify from "./verify.ts";

/** Every look is a little later, by a step that sums up without rounding. */
function steadyTimer(): Timer {
  let looks = 0;
  return { now: () => looks++ / 1024 };
}

const services = { timer: steadyTimer() };
const shape = { ops: 3000, keySpace: 500 } as const;

describe("the conformance suite", () => {
  it("passes hashmap/generate", () => describeConformance(generate, { config: shape }));

  it("passes what reads a workload", async () => {
    using made = await runStep(generate, { config: shape });
    const inputs = { workload: { path: made.outputs.workload.path } };
    await describeConformance(validate, { inputs });
    await describeConformance(dna, { inputs });
    await describeConformance(profile, { inputs, services, config: { rows: 2000, rounds: 3 } });
    await describeConformance(compare, { inputs, services, config: { rounds: 6 } });
    await describeConformance(replay, {
      inputs,
      services,
      config: { snapshot: "gzip", tickEvery: 1024, metricsPort: "auto" },
    });
  });

  it("passes what reads a snapshot, and the report", async () => {
    using made = await runStep(generate, { config: shape });
    const workload = { path: made.outputs.workload.path };
    using replayed = await runStep(replay, { inputs: { workload }, services, config: { snapshot: "zstd" } });
    const inputs = { snapshot: { path: replayed.outputs.snapshot!.path } };
    await describeConformance(inspect, { inputs, config: { keys: ["K1"] } });
    await describeConformance(verify, { inputs });
    await describeConformance(repair, { inputs });
    await describeConformance(compact, { inputs });
    await describeConformance(probe, { inputs, config: { keys: ["K1", "absent"] } });
    await describeConformance(report, {
      inputs: {
        summaries: [{ key: "adaptive", path: replayed.outputs.summary.path }],
        metrics: [{ key: "adaptive", path: replayed.outputs.metrics.path }],
      },
    });
  });
});
