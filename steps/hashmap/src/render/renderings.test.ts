import { spawnSync } from "node:child_process";
import { runStep } from "@orchestrate/sdk/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { liveView } from "../live/live-view.ts";
import type { Tick } from "../replay/tick.ts";
import replay from "../replay.ts";
import { generateRows } from "../workload/generate-rows.ts";
import { PLAIN } from "../workload/workload-shape.ts";
import { lintExposition, type Sample, samplesOf } from "./fixtures/lint-exposition.ts";
import { prometheusText } from "./prometheus-text.ts";

const promtool = process.env.ORCHESTRATE_PROMTOOL;
const lines: string[] = [];

beforeAll(async () => {
  const text = [...generateRows({ ...PLAIN, ops: 20_000, keySpace: 3000, readRatio: 0.5 }, 3)].join("");
  using result = await runStep(replay, {
    config: { tickEvery: 4096, watchdog: { loadFactor: 0.2 } },
    inputs: { workload: { text } },
    services: { timer: { now: () => performance.now() } },
  });
  lines.push(...result.outputs.metrics.text().trimEnd().split("\n"));
});

describe("the text for Prometheus", () => {
  it("passes the rules of promtool", async () => {
    for (const line of lines) expect(lintExposition(await prometheusText(JSON.parse(line)))).toEqual([]);
  });

  it.skipIf(promtool === undefined)("passes promtool itself (run by .ci/promtool)", async () => {
    for (const line of lines) expect(checked(await prometheusText(JSON.parse(line)))).toEqual({ status: 0, said: "" });
    expect(checked("# TYPE a counter\n# HELP a A.\na 1\n")).toMatchObject({ status: 3 });
  });

  it("has latency and probes as histograms, in seconds and in probes", async () => {
    const text = await prometheusText(JSON.parse(lines.at(-1)!));
    expect(text).toContain("# TYPE hashmap_latency_seconds histogram\n");
    expect(text).toContain("# TYPE hashmap_probe_length histogram\n");
    expect(text).toMatch(/^hashmap_latency_seconds_bucket\{operation="put",le="6.4e-8"\} \d+$/m);
  });
});

function checked(text: string) {
  const { status, stdout, stderr } = spawnSync(promtool!, ["check", "metrics"], { input: text, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

describe("the lint of that text", () => {
  it.each([
    ["# TYPE a counter\n# HELP a A.\na 1\n", "a is a counter and does not end in _total"],
    ["# TYPE a_total gauge\n# HELP a_total A.\na_total 1\n", "a_total is no counter and ends in _total"],
    ["# TYPE a gauge\na 1\n", "a has no help text"],
    ["a 1\n", "a has no type"],
    ["# TYPE a_ms gauge\n# HELP a_ms A.\na_ms 1\n", "a_ms shortens its unit"],
    ['# TYPE a gauge\n# HELP a A.\na{le="1"} 1\n', "a has the label le"],
    [
      '# TYPE a histogram\n# HELP a A.\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
      "a{}: counts don't ascend",
    ],
    [
      '# TYPE a histogram\n# HELP a A.\na_bucket{le="1"} 1\na_bucket{le="+Inf"} 2\na_sum 1\na_count 3\n',
      "a{}: +Inf is not the count",
    ],
  ])("finds what is wrong in %j", (text, fault) => {
    expect(lintExposition(text)).toEqual([fault]);
  });
});

describe("the three consumers", () => {
  it("show the same numbers for the same tick", async () => {
    await using view = await liveView(undefined);
    for (const line of lines) {
      const written = JSON.parse(line) as Tick;
      view.history.add(written);
      const api = (await view.app.inject("/api/metrics")).json() as Tick;
      expect(api).toEqual(written);
      const samples = samplesOf((await view.app.inject("/metrics")).body);
      for (const [name, labels, expected] of said(written)) {
        expect({ name, labels, value: sampleOf(samples, name, labels) }).toEqual({ name, labels, value: expected });
      }
      expect((await view.app.inject("/api/metrics/histogram/latency")).json()).toMatchObject({
        latency_hist_ms: written.latency_hist_ms,
      });
      expect((await view.app.inject("/api/metrics/histogram/probe")).json()).toMatchObject({
        probe_hist: written.probe_hist,
      });
      expect((await view.app.inject("/api/metrics/heatmap")).json()).toMatchObject(written.key_heatmap);
    }
    const history = (await view.app.inject("/api/metrics/history")).json();
    expect(history).toEqual(lines.map((line) => JSON.parse(line)));
    const { events } = (await view.app.inject("/api/events")).json();
    expect(events).toEqual(history.flatMap((tick: Tick) => tick.events));
  });
});

/** What Prometheus must say of a tick. */
function said(tick: Tick): [name: string, labels: Readonly<Record<string, string>>, value: number][] {
  const plain = {
    hashmap_hits_total: tick.hits,
    hashmap_migrations_total: tick.migrations,
    hashmap_resizes_total: tick.resizes,
    hashmap_compactions_total: tick.compactions,
    hashmap_elapsed_seconds: tick.t,
    hashmap_entries: tick.entries,
    hashmap_capacity_slots: tick.capacity,
    hashmap_memory_bytes: tick.memory_bytes,
    hashmap_load_factor: tick.load_factor,
    hashmap_max_group_length: tick.max_group_len,
    hashmap_average_probe_distance: tick.avg_probe_estimate,
    hashmap_tombstone_ratio: tick.tombstone_ratio,
    hashmap_dead_ratio: tick.dead_ratio,
    hashmap_operations_per_second: tick.ops_per_second_ema,
    hashmap_probe_length_sum: tick.probe_sum,
    hashmap_probe_length_count: tick.ops,
  };
  const operations = (["put", "get", "del"] as const).flatMap(
    (operation): ReturnType<typeof said> => [
      ["hashmap_operations_total", { operation }, tick.ops_by_type[operation]],
      ["hashmap_latency_seconds_count", { operation }, tick.ops_by_type[operation]],
      ["hashmap_latency_seconds_sum", { operation }, tick.latency_sum_ms[operation] / 1000],
      ...tick.latency_hist_ms[operation].map(({ le, count }): ReturnType<typeof said>[number] => [
        "hashmap_latency_seconds_bucket",
        { operation, le: le === "+Inf" ? "+Inf" : String(Math.round(le * 1e6) / 1e9) },
        count,
      ]),
    ],
  );
  return [
    ...Object.entries(plain).map(([name, value]): ReturnType<typeof said>[number] => [name, {}, value]),
    ["hashmap_backend_info", { backend: tick.backend }, 1],
    ["hashmap_watchdog_alert_active", { metric: "load_factor" }, tick.alerts.length],
    ...operations,
  ];
}

function sampleOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>>,
): number | undefined {
  return samples.find((sample) => sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels))
    ?.value;
}
