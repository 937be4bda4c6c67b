import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import type { Comparison } from "./analysis/comparison.ts";
import type { ProfileReport } from "./analysis/profile-report.ts";
import compare from "./compare.ts";
import type { Timer } from "./contract.ts";
import type { WorkloadDna } from "./dna/workload-dna.ts";
import dna from "./dna.ts";
import profile from "./profile.ts";
import validate from "./validate.ts";
import { CANONICAL, type CanonicalName } from "./workload/canonical.ts";
import { generateRows } from "./workload/generate-rows.ts";
import { PLAIN, type WorkloadShape } from "./workload/workload-shape.ts";

function workload(shape: Partial<WorkloadShape>, seed = 7): { readonly text: string } {
  return { text: [...generateRows({ ...PLAIN, ...shape }, seed)].join("") };
}

function canonical(name: CanonicalName): { readonly text: string } {
  return workload(CANONICAL[name].shape, CANONICAL[name].seed);
}

/** Looks at it take `step` ms in turn, run after run of `looks`. */
function alternating(steps: readonly number[], looks: number): Timer {
  let [now, count] = [0, 0];
  return {
    now() {
      now += steps[Math.floor(count++ / looks) % steps.length]!;
      return now;
    },
  };
}

describe("hashmap/profile", () => {
  it("measures every backend in every round, on the first rows only", async () => {
    using result = await runStep(profile, {
      config: { rows: 1500, rounds: 3 },
      inputs: { workload: workload({ ops: 5000 }) },
      services: { timer: { now: () => performance.now() } },
    });
    expect(result.error).toBeUndefined();
    const report = result.outputs.profile.json() as ProfileReport;
    expect(report).toMatchObject({ rows: 1500, rounds: 3 });
    expect(report.measurements.map(({ backend }) => backend)).toEqual(["chaining", "robin-hood", "adaptive"]);
    for (const { ns_per_op, entries, memory_bytes } of report.measurements) {
      expect(ns_per_op.least).toBeLessThanOrEqual(ns_per_op.median);
      expect(ns_per_op.median).toBeLessThanOrEqual(ns_per_op.most);
      expect(entries).toBe(report.measurements[0]!.entries);
      expect(memory_bytes).toBeGreaterThan(0);
    }
    expect(report.measurements.map(({ backend }) => backend)).toContain(report.recommendation.backend);
  });
});

describe("a workload without rows", () => {
  const inputs = { workload: { text: "op,key,value\n" } };
  const services = { timer: { now: () => performance.now() } };
  const error = {
    code: "workload-empty",
    category: "input",
    detail: "The workload has a header and no rows: there is nothing to measure.",
    hint: "Give it at least one put, get or del.",
  };

  it("is not compared, nor profiled", async () => {
    using compared = await runStep(compare, { inputs, services });
    expect(compared.error).toMatchObject(error);
    using profiled = await runStep(profile, { inputs, services });
    expect(profiled.error).toMatchObject(error);
  });

  it("has a dna, all zero", async () => {
    using result = await runStep(dna, { inputs });
    expect(result.outputs.dna.json()).toMatchObject({ total_rows: 0, unique_keys_estimated: 0, hot_keys: [] });
  });
});

describe("hashmap/compare", () => {
  // One batch of 1,000 rows is 1,001 looks, and the sides take turns: AB, BA, AB…
  const looks = 1001;
  const inputs = { workload: workload({ ops: 1000 }) };

  it("finds the side that takes less time, by how much, and how sure that is", async () => {
    const [slow, fast] = [2 / 1024, 1 / 1024];
    using result = await runStep(compare, {
      config: { rounds: 8, baseline: { backend: "chaining" }, candidate: { backend: "robin-hood" } },
      inputs,
      services: { timer: alternating([slow, fast, fast, slow], looks) },
    });
    expect(result.error).toBeUndefined();
    const comparison = result.outputs.comparison.json() as Comparison;
    expect(comparison.verdict).toBe("faster");
    expect(comparison.runs).toHaveLength(8);
    expect(comparison.ratio.estimate).toBeCloseTo(0.5, 2);
    expect(comparison.ratio.low).toBeLessThanOrEqual(comparison.ratio.estimate);
    expect(comparison.test.p).toBeCloseTo(2 / 2 ** 8, 12);
    expect(comparison.deltas.find(({ metric }) => metric === "nsPerOp")!.percent).toBeCloseTo(-50, 0);
  });

  it("refuses fewer rounds than its confidence takes", () => {
    const told = compare.definition.config.safeParse({ rounds: 10, confidence: 0.999 });
    expect(told.error?.issues).toMatchObject([
      { path: ["rounds"], message: "at a confidence of 0.999 at least 11 are needed" },
    ]);
  });

  it("shows no difference where there is none", async () => {
    using result = await runStep(compare, {
      config: { rounds: 8 },
      inputs,
      services: { timer: alternating([1 / 1024], looks) },
    });
    const comparison = result.outputs.comparison.json() as Comparison;
    expect(comparison).toMatchObject({ verdict: "no-difference-shown", test: { p: 1 }, ratio: { estimate: 1 } });
  });
});

describe("hashmap/validate", () => {
  it("counts without a map", async () => {
    using result = await runStep(validate, { inputs: { workload: canonical("demo") } });
    const told = result.outputs.validation.json() as { rows: number; ops_by_type: Record<string, number> };
    expect(told.rows).toBe(80_000);
    expect(Object.values(told.ops_by_type).reduce((sum, count) => sum + count)).toBe(80_000);
  });

  it("refuses what replay would refuse", async () => {
    using result = await runStep(validate, { inputs: { workload: { text: "op,key,value\nput,,1\n" } } });
    expect(result.error).toMatchObject({ code: "workload-invalid" });
  });
});

describe("hashmap/dna", () => {
  it("finds in w_skew_adv what the original found in its own: chance apart", async () => {
    using result = await runStep(dna, { inputs: { workload: canonical("w_skew_adv") } });
    expect(result.error).toBeUndefined();
    const told = result.outputs.dna.json() as WorkloadDna;
    // The original's sample: 7,424 keys, 7.0 bits (54 %), K0 26.3 %, half of all on 8 keys, 80 % on 199, 95 % on 2,842.
    expect(told.unique_keys_estimated).toBeGreaterThan(7424 * 0.95);
    expect(told.unique_keys_estimated).toBeLessThan(7424 * 1.05);
    expect(told.key_entropy_bits).toBeCloseTo(7, 0);
    expect(told.key_entropy_normalised).toBeCloseTo(0.54, 1);
    expect(told.hot_keys[0]).toMatchObject({ key: "K0" });
    expect(told.hot_keys[0]!.share).toBeCloseTo(0.263, 1);
    expect(told.coverage_targets.p50).toBeGreaterThanOrEqual(6);
    expect(told.coverage_targets.p50).toBeLessThanOrEqual(10);
    expect(told.coverage_targets.p80).toBeGreaterThan(150);
    expect(told.coverage_targets.p80).toBeLessThan(250);
    expect(told.coverage_targets.p95).toBeGreaterThan(2500);
    expect(told.coverage_targets.p95).toBeLessThan(3200);
    expect(told.keys_exact).toBe(true);
    expect(told.numeric_key_fraction).toBe(1);
    expect(told.bucket_counts.reduce((sum, count) => sum + count)).toBe(told.unique_keys_estimated);
  });

  it("reckons small things exactly", async () => {
    const text = "op,key,value\nput,a1,xy\nget,a2,\nget,a2,\ndel,a3,\nput,b,wxyz\n";
    using result = await runStep(dna, { config: { topKeys: 1 }, inputs: { workload: { text } } });
    expect(result.outputs.dna.json()).toMatchObject({
      total_rows: 5,
      op_counts: { put: 2, get: 2, del: 1 },
      mutation_fraction: 0.6,
      unique_keys_estimated: 4,
      key_space_depth: 1.25,
      key_length_stats: { count: 5, min: 1, max: 2, mean: 1.8 },
      value_size_stats: { count: 2, min: 2, max: 4, mean: 3, stdev: 1 },
      hot_keys: [{ key: "a2", count: 2, share: 0.4 }],
      coverage_targets: { p50: 2, p80: 3, p95: 4 },
      numeric_key_fraction: 0.8,
      adjacent_duplicate_fraction: 0.25,
    });
    const told = result.outputs.dna.json() as WorkloadDna;
    // 2/5 once and 1/5 three times; two steps of three go on by one.
    expect(told.key_entropy_bits).toBeCloseTo(-(0.4 * Math.log2(0.4) + 0.6 * Math.log2(0.2)), 12);
    expect(told.sequential_numeric_step_fraction).toBeCloseTo(2 / 3, 12);
  });

  it("keeps the hot keys, and estimates how many there are, where there are too many to count", async () => {
    const text = workload({ ops: 60_000, keySpace: 20_000, keySkew: 0.8 });
    using exact = await runStep(dna, { inputs: { workload: text } });
    using bounded = await runStep(dna, { config: { maxTrackedKeys: 2000, topKeys: 3 }, inputs: { workload: text } });
    const [all, some] = [exact, bounded].map((result) => result.outputs.dna.json() as WorkloadDna);
    expect(some!.keys_exact).toBe(false);
    expect(some!.unique_keys_estimated / all!.unique_keys_estimated).toBeCloseTo(1, 2);
    expect(some!.hot_keys.map(({ key }) => key)).toEqual(all!.hot_keys.slice(0, 3).map(({ key }) => key));
    // Each count is too low by at most rows / limit.
    for (const [at, { count }] of some!.hot_keys.entries()) {
      expect(all!.hot_keys[at]!.count - count).toBeGreaterThanOrEqual(0);
      expect(all!.hot_keys[at]!.count - count).toBeLessThanOrEqual(60_000 / 2000);
    }
  });

  it("estimates where nothing is left of what was counted", async () => {
    const text = "op,key,value\nget,a,\nget,b,\nget,c,\nget,d,\n";
    using result = await runStep(dna, { config: { maxTrackedKeys: 3 }, inputs: { workload: { text } } });
    expect(result.outputs.dna.json()).toMatchObject({
      unique_keys_estimated: 4,
      keys_exact: false,
      key_entropy_bits: 2,
      key_entropy_normalised: 1,
      coverage_targets: { p50: 2, p80: 4, p95: 4 },
      hot_keys: [],
    });
  });

  it.each([
    ["even", { keySpace: 12_000 }],
    ["skewed", { keySpace: 20_000, keySkew: 0.6 }],
    ["hardly any twice", { keySpace: 2_000_000 }],
  ])("estimates entropy and coverage of all keys, not of those that were counted to the end: %s", async (_, shape) => {
    const text = workload({ ops: 40_000, ...shape });
    using exact = await runStep(dna, { inputs: { workload: text } });
    using bounded = await runStep(dna, { config: { maxTrackedKeys: 8000 }, inputs: { workload: text } });
    const [all, some] = [exact, bounded].map((result) => result.outputs.dna.json() as WorkloadDna);
    expect(some!.keys_exact).toBe(false);
    expect(Math.abs(some!.key_entropy_bits - all!.key_entropy_bits)).toBeLessThan(0.15);
    for (const target of ["p50", "p80", "p95"] as const) {
      expect(Math.abs(some!.coverage_targets[target] / all!.coverage_targets[target] - 1)).toBeLessThan(0.15);
    }
  });
});
