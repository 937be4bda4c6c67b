import { defineStep, z } from "@orchestrate/sdk";
import { Timer } from "./contract.ts";
import { createMap } from "./map/create-map.ts";
import { MapOptions } from "./map/map-options.ts";
import { measureClock } from "./replay/measure-clock.ts";
import { Recorder } from "./replay/recorder.ts";
import { replayWorkload } from "./replay/replay-workload.ts";
import { metricsArtifact, summarize, summaryArtifact } from "./replay/summary.ts";
import type { Alert, TickEvent } from "./replay/tick.ts";
import { TickProducer } from "./replay/tick-producer.ts";
import { WatchdogThresholds } from "./replay/watchdog.ts";
import { readWorkload } from "./workload/read-workload.ts";
import { workloadArtifact } from "./workload/workload-artifact.ts";
import { WorkloadLimits } from "./workload/workload-limits.ts";

export default defineStep({
  summary: "Replays a workload through a hash map, times every operation, and writes metrics.",
  config: z.strictObject({
    map: MapOptions.prefault({}),
    limits: WorkloadLimits.prefault({}),
    watchdog: WatchdogThresholds.prefault({}),
    /** Operations between two ticks; rounded up to whole batches of 1024. */
    tickEvery: z.number().int().min(1).default(16_384),
    /** Milliseconds without an operation after which the replay counts as idle. */
    idleAfter: z.number().positive().default(5000),
  }),
  inputs: { workload: workloadArtifact },
  outputs: { metrics: metricsArtifact, summary: summaryArtifact },
  services: { timer: Timer },
  seeds: ["hash"],
  resources: { cpu: 1 },
  async run({ config, inputs, outputs, services, seeds, metric, log, signal }) {
    const { timer } = services;
    const clock = measureClock(timer);
    const recorder = new Recorder();
    const startedAt = timer.now();
    const map = createMap(config.map, seeds.hash, (event) => producer.mapChanged(event, timer.now()));
    const { watchdog: thresholds, idleAfter } = config;
    const producer = new TickProducer({ map, recorder, thresholds, clock, startedAt, idleAfter });
    const alerts: Alert[] = [];
    const events: TickEvent[] = [];
    const last = await replayWorkload({
      map,
      batches: readWorkload(inputs.workload.path, config.limits, signal),
      timer,
      recorder,
      producer,
      tickEvery: config.tickEvery,
      async publish(tick, raised) {
        alerts.push(...raised);
        events.push(...tick.events);
        for (const { message } of raised) log.warn(message);
        await outputs.metrics.append(tick);
      },
      pace: async () => {},
    });
    const summary = summarize(last, config.map, alerts, events);
    await outputs.summary.write(summary);
    metric("ops", summary.total_ops);
    metric("ops_per_second", summary.ops_per_second);
    metric("p99_ms", summary.latency_ms.overall.p99);
    metric("migrations", summary.migrations_triggered);
  },
});
