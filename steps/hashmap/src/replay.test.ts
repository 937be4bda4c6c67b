import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { z } from "@orchestrate/sdk";
import { FakeClock, runStep } from "@orchestrate/sdk/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import type { Timer } from "./contract.ts";
import type { Summary } from "./replay/summary.ts";
import { Tick } from "./replay/tick.ts";
import replay from "./replay.ts";
import { generateRows } from "./workload/generate-rows.ts";
import { PLAIN, type WorkloadShape } from "./workload/workload-shape.ts";

const schema = createRequire(import.meta.url).resolve(`${manifest.name}/metrics.v1.schema.json`);

function workload(shape: Partial<WorkloadShape>): { readonly text: string } {
  return { text: [...generateRows({ ...PLAIN, ...shape }, 7)].join("") };
}

/** Every look is 1/1024 ms after the one before, and whatever `skip` says later. */
function timer(skip: { ms: number } = { ms: 0 }): Timer {
  let now = 0;
  return {
    now() {
      now += 1 / 1024 + skip.ms;
      skip.ms = 0;
      return now;
    },
  };
}

describe("hashmap/replay", () => {
  it("times every operation, and tells the same story in ticks and summary", async () => {
    using result = await runStep(replay, {
      config: { tickEvery: 2048 },
      inputs: { workload: workload({ ops: 10_000, keySpace: 2000, readRatio: 0.5 }) },
      services: { timer: timer() },
    });
    expect(result.error).toBeUndefined();
    const ticks = result.outputs.metrics.rows() as Tick[];
    const summary = result.outputs.summary.json() as Summary;
    const last = ticks.at(-1)!;
    expect(ticks.map(({ ops }) => ops)).toEqual([0, 2048, 4096, 6144, 8192, 10_000]);
    expect(ticks.map(({ state }) => state)).toEqual([
      "running",
      "running",
      "running",
      "running",
      "running",
      "complete",
    ]);
    expect(last.ops_by_type.put + last.ops_by_type.get + last.ops_by_type.del).toBe(10_000);
    expect(summary.total_ops).toBe(10_000);
    expect(summary.latency_ms).toEqual(last.latency_ms);
    // One look at this timer takes 977 ns, and an operation takes one look; 984 is the edge of that slot.
    expect(summary.latency_clock_ms).toMatchObject({ p50: 0.000977, max: 0.000977 });
    expect(summary.latency_ms.overall).toMatchObject({ p50: 0.000984, p99: 0.000984 });
    expect(summary.final_backend).toBe("robin-hood");
    expect(summary.migrations_triggered).toBe(1);
    expect(summary.events.map(({ type }) => type).filter((type) => type !== "resize")).toEqual([
      "start",
      "switch",
      "compaction",
      "complete",
    ]);
    expect(last.probe_hist.reduce((sum, [, count]) => sum + count, 0)).toBe(10_000);
    expect(last.key_heatmap.total).toBe(last.entries);
  });

  it("writes ticks that are as the published schema says", async () => {
    using result = await runStep(replay, {
      config: { tickEvery: 1024 },
      inputs: { workload: workload({ ops: 5000 }) },
      services: { timer: timer() },
    });
    const published = JSON.parse(readFileSync(schema, "utf8"));
    expect(manifest.files).toContain(basename(schema));
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(Tick))));
    const validate = new Ajv2020().compile(published);
    for (const tick of result.outputs.metrics.rows()) {
      expect(validate(tick), JSON.stringify(validate.errors)).toBe(true);
    }
    const [tick] = result.outputs.metrics.rows() as [Tick];
    expect(validate({ ...tick, load_factor: 2 })).toBe(false);
    expect(validate({ ...tick, ops: undefined })).toBe(false);
  });

  it("agrees with a plain Map about what was found and what is left", async () => {
    const { text } = workload({ ops: 8000, keySpace: 300, readRatio: 0.4, delRatio: 0.4 });
    const model = new Map<string, string>();
    let hits = 0;
    for (const row of text.trimEnd().split("\n").slice(1)) {
      const [operation, key, value] = row.split(",") as [string, string, string];
      if (operation === "get") hits += model.has(key) ? 1 : 0;
      else if (operation === "put") model.set(key, value);
      else model.delete(key);
    }
    using result = await runStep(replay, { inputs: { workload: { text } }, services: { timer: timer() } });
    expect(result.outputs.summary.json()).toMatchObject({ hits, entries: model.size });
  });

  it("goes on from a snapshot, with the same entries", async () => {
    const shape = { ops: 4000, keySpace: 500, readRatio: 0.2 };
    using first = await runStep(replay, {
      config: { snapshot: "zstd" },
      inputs: { workload: workload(shape) },
      services: { timer: timer() },
    });
    using second = await runStep(replay, {
      inputs: { workload: { text: "op,key,value\nget,K0,\n" }, snapshot: { path: first.outputs.snapshot!.path } },
      services: { timer: timer() },
    });
    const [before, after] = [first, second].map((result) => result.outputs.summary.json() as Summary);
    expect(after!.entries).toBe(before!.entries);
    expect(after!.total_ops).toBe(1);
  });

  it("tells when nothing happened for long, and when it went on", async () => {
    const skip = { ms: 0 };
    const clock = new FakeClock();
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, signal) => {
      skip.ms += ms;
      await sleep(ms, signal);
    };
    using result = await runStep(replay, {
      // Each batch of 1024 is due 10.24 s after the one before.
      config: { opsPerSecond: 100, idleAfter: 5000 },
      inputs: { workload: workload({ ops: 3000 }) },
      services: { timer: timer(skip), clock },
    });
    expect(result.error).toBeUndefined();
    const { events } = result.outputs.summary.json() as Summary;
    const waits = events.filter(({ type }) => type === "idle" || type === "resume");
    expect(waits.map(({ type }) => type)).toEqual(["idle", "resume", "idle", "resume", "idle"]);
    expect(waits[0]!.t).toBeCloseTo(5, 1);
    expect(waits[1]!.t).toBeCloseTo(10.24, 1);
    const states = (result.outputs.metrics.rows() as Tick[]).map(({ state }) => state);
    expect(states).toEqual(["running", "idle", "idle", "idle", "complete"]);
  });

  it("raises an alert once, logs it, and keeps it in every tick while it lasts", async () => {
    using result = await runStep(replay, {
      config: { watchdog: { loadFactor: 0.3 }, tickEvery: 1024, map: { backend: "robin-hood", initialCapacity: 4096 } },
      inputs: { workload: workload({ ops: 6000, keySpace: 2500, readRatio: 0, delRatio: 0 }) },
      services: { timer: timer() },
    });
    const ticks = result.outputs.metrics.rows() as Tick[];
    const { alerts, events } = result.outputs.summary.json() as Summary;
    expect(alerts).toHaveLength(1);
    expect(alerts[0]!.message).toMatch(/^Load factor guardrail exceeded: 0\.\d{3} >= 0\.3$/);
    expect(events.filter(({ type }) => type === "alert")).toHaveLength(1);
    expect(ticks.filter((tick) => tick.alerts.length === 1).length).toBeGreaterThan(2);
    expect(result.log.filter(({ level }) => level === "warn")).toHaveLength(1);
  });

  it("refuses a bad workload where it is bad", async () => {
    using result = await runStep(replay, {
      inputs: { workload: { text: "op,key,value\nput,a,1\nput,b\n" } },
      services: { timer: timer() },
    });
    expect(result.error).toMatchObject({ code: "workload-invalid" });
  });
});
