import { defineStep, z } from "@orchestrate/sdk";
import { type Measurement, measureMap } from "./analysis/measure-map.ts";
import { median } from "./analysis/median.ts";
import { type BackendMeasurement, profileArtifact } from "./analysis/profile-report.ts";
import { recommend } from "./analysis/recommend.ts";
import { inRounds } from "./analysis/rounds.ts";
import { codeFiles } from "./code-files.ts";
import { Timer } from "./contract.ts";
import { MapOptions } from "./map/map-options.ts";
import { firstRows } from "./workload/first-rows.ts";
import { readWorkload } from "./workload/read-workload.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { WorkloadLimits } from "./workload/workload-limits.ts";

export default defineStep({
  summary: "Measures every backend on the first rows of a workload, and recommends one.",
  config: z.strictObject({
    backends: z.array(MapOptions.shape.backend.unwrap()).min(1).default(["chaining", "robin-hood", "adaptive"]),
    /** How many rows are replayed in each round. */
    rows: z.number().int().positive().default(100_000),
    rounds: z.number().int().positive().max(1000).default(5),
    /** The options that all backends share; `backend` is set for each. */
    map: MapOptions.omit({ backend: true }).prefault({}),
    limits: WorkloadLimits.prefault({}),
  }),
  inputs: { workload: workloadArtifact },
  outputs: { profile: profileArtifact },
  services: { timer: Timer },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, services, seeds, progress, metric, log, signal }) {
    const { backends, rows, rounds, map, limits } = config;
    const contenders = backends.map((backend) => () => {
      const batches = firstRows(readWorkload(inputs.workload.path, limits, signal), rows);
      return measureMap(batches, { ...map, backend }, seeds.hash, services.timer);
    });
    const results = await inRounds(contenders, rounds, (done) => progress(done, rounds));
    const measurements = backends.map((backend, at) => summarize(backend, results[at]!));
    const recommendation = recommend(measurements);
    const { operations } = results[0]![0]!;
    await outputs.profile.write({
      schema: "hashmap.profile/1",
      rows: operations,
      rounds,
      measurements,
      recommendation,
    });
    for (const { backend, ns_per_op } of measurements) metric(`${backend}_ns`, ns_per_op.median);
    log.info(`${recommendation.backend}: ${recommendation.because}`);
  },
});

/** @param runs at least one; but for times they are all alike. */
function summarize(backend: BackendMeasurement["backend"], runs: readonly Measurement[]): BackendMeasurement {
  const times = runs.map(({ nsPerOp }) => nsPerOp);
  const { memoryBytes, entries, probesMean, migrations } = runs[0]!;
  return {
    backend,
    ns_per_op: { median: median(times), least: Math.min(...times), most: Math.max(...times) },
    p99_ns: median(runs.map(({ p99 }) => p99)),
    memory_bytes: memoryBytes,
    entries,
    probes_mean: probesMean,
    migrations,
  };
}
