import { Clock, defineStep, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Timer } from "./contract.ts";
import { startView } from "./live/start-view.ts";
import { ViewOptions } from "./live/view-options.ts";
import { createMap } from "./map/create-map.ts";
import { MapOptions } from "./map/map-options.ts";
import { pacer } from "./replay/pacer.ts";
import { Recorder } from "./replay/recorder.ts";
import { replayWorkload } from "./replay/replay-workload.ts";
import { metricsArtifact, summarize, summaryArtifact } from "./replay/summary.ts";
import type { Alert, TickEvent } from "./replay/tick.ts";
import { type ProducedTick, TickProducer } from "./replay/tick-producer.ts";
import { WatchdogThresholds } from "./replay/watchdog.ts";
import { COMPRESSIONS } from "./snapshot/compression.ts";
import { encodeSnapshot } from "./snapshot/encode-snapshot.ts";
import { mapPayload } from "./snapshot/map-payload.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";
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
    tickEvery: z.number().int().min(1).default(32_768),
    /** Milliseconds without an operation after which the replay counts as idle. */
    idleAfter: z.number().positive().default(5000),
    /** Holds the replay back to so many operations a second, so that it can be watched. */
    opsPerSecond: z.number().positive().nullable().default(null),
    /** How the snapshot of the map at the end is packed; null writes none. */
    snapshot: z.enum(COMPRESSIONS).nullable().default(null),
    maxSnapshotBytes,
    ...ViewOptions,
  }),
  /** `snapshot`: what the map holds at the start. */
  inputs: { workload: workloadArtifact, snapshot: snapshotArtifact.optional() },
  outputs: { metrics: metricsArtifact, summary: summaryArtifact, snapshot: snapshotArtifact.optional() },
  services: { timer: Timer, clock: Clock },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, services, seeds, secrets, metric, log, signal }) {
    const { timer, clock } = services;
    const { map: options, idleAfter, tickEvery, watchdog: thresholds } = config;
    await using view = await startView(config, secrets, log);
    const restored = inputs.snapshot && (await readSnapshot(inputs.snapshot.path, config.maxSnapshotBytes));
    const map = restored ? restoreMap(restored.payload, options, seeds.hash) : createMap(options, seeds.hash);
    const recorder = new Recorder();
    const startedAt = timer.now();
    const producer = new TickProducer({ map, recorder, thresholds, startedAt, idleAfter });
    map.listen((event) => producer.mapChanged(event, timer.now()));
    const alerts: Alert[] = [];
    const events: TickEvent[] = [];
    const publish = async ({ tick, raised }: ProducedTick) => {
      alerts.push(...raised);
      events.push(...tick.events);
      for (const { message } of raised) log.warn(message);
      view.publish(tick);
      await outputs.metrics.append(tick);
    };
    const onIdle = () => {
      producer.fellIdle(timer.now());
      return publish(producer.tick(timer.now()));
    };
    const pace = pacer({ opsPerSecond: config.opsPerSecond, timer, clock, signal, startedAt, idleAfter, onIdle });
    const batches = readWorkload(inputs.workload.path, config.limits, signal);
    const last = await replayWorkload({ map, batches, timer, recorder, producer, tickEvery, publish, pace });
    const summary = summarize(last, options, alerts, events);
    await outputs.summary.write(summary);
    if (config.snapshot !== null) {
      await outputs.snapshot.write(encodeSnapshot(mapPayload(map, options), config.snapshot));
    }
    metric("ops", summary.total_ops);
    metric("ops_per_second", Math.round(summary.ops_per_second));
    metric("p99_ms", summary.latency_ms.overall.p99);
    metric("migrations", summary.migrations_triggered);
  },
});
