import { defineStep, z } from "@orchestrate/sdk";
import { compareRuns, comparisonArtifact } from "./analysis/comparison.ts";
import { measureMap } from "./analysis/measure-map.ts";
import { inRounds } from "./analysis/rounds.ts";
import { leastPairs } from "./analysis/signed-rank.ts";
import { codeFiles } from "./code-files.ts";
import { Timer } from "./contract.ts";
import { MapOptions } from "./map/map-options.ts";
import { readWorkload } from "./workload/read-workload.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { WorkloadLimits } from "./workload/workload-limits.ts";

export default defineStep({
  summary:
    "Replays a workload on two maps in turn, several times, and says whether one is faster, with an interval and a test.",
  config: z
    .strictObject({
      baseline: MapOptions.prefault({}),
      candidate: MapOptions.prefault({}),
      /** Pairs of replays; fewer than six can't show a difference at 95 %, fewer than eleven none at 99.9 %. */
      rounds: z.number().int().positive().max(60).default(11),
      confidence: z.number().min(0.5).max(0.999).default(0.95),
      limits: WorkloadLimits.prefault({}),
    })
    .superRefine(({ rounds, confidence }, context) => {
      const least = leastPairs(confidence);
      if (rounds >= least) return;
      const message = `at a confidence of ${confidence} at least ${least} are needed`;
      context.addIssue({ code: "custom", path: ["rounds"], message });
    }),
  inputs: { workload: workloadArtifact },
  outputs: { comparison: comparisonArtifact },
  services: { timer: Timer },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, services, seeds, progress, metric, signal }) {
    const { rounds, limits, confidence } = config;
    const replay = (options: MapOptions) => () =>
      measureMap(readWorkload(inputs.workload.path, limits, signal), options, seeds.hash, services.timer);
    const contenders = [replay(config.baseline), replay(config.candidate)];
    const [baseline = [], candidate = []] = await inRounds(contenders, rounds, (done) => progress(done, rounds));
    const comparison = compareRuns(
      { options: config.baseline, runs: baseline },
      { options: config.candidate, runs: candidate },
      confidence,
    );
    await outputs.comparison.write(comparison);
    metric("ratio", comparison.ratio.estimate);
    metric("p", comparison.test.p);
  },
});
