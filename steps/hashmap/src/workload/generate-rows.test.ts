import { describe, expect, it } from "vitest";
import { CANONICAL, CANONICAL_NAMES } from "./canonical.ts";
import { generateRows } from "./generate-rows.ts";
import { random } from "./random.ts";
import { PLAIN, type WorkloadShape } from "./workload-shape.ts";
import { zipf } from "./zipf.ts";

function rowsOf(shape: Partial<WorkloadShape>, seed = 1): string[][] {
  const text = [...generateRows({ ...PLAIN, ...shape }, seed)].join("");
  const [header, ...lines] = text.trimEnd().split("\n");
  expect(header).toBe("op,key,value");
  return lines.map((line) => line.split(","));
}

function shareOf<T>(all: readonly T[], holds: (each: T) => boolean): number {
  return all.filter(holds).length / all.length;
}

describe("a generated workload", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(rowsOf({ ops: 500 }, 3)).toEqual(rowsOf({ ops: 500 }, 3));
    expect(rowsOf({ ops: 500 }, 3)).not.toEqual(rowsOf({ ops: 500 }, 4));
  });

  it("has the rows, and the mix of operations, that were asked for", () => {
    const rows = rowsOf({ ops: 40_000, readRatio: 0.6, delRatio: 0.25 });
    expect(rows).toHaveLength(40_000);
    expect(shareOf(rows, ([op]) => op === "get")).toBeCloseTo(0.6, 1);
    expect(shareOf(rows, ([op]) => op === "del")).toBeCloseTo(0.1, 1);
    for (const [op, key, value] of rows) {
      expect(key).toMatch(/^K\d+$/);
      expect(value).toMatch(op === "put" ? /^\d{1,6}$/ : /^$/);
    }
  });

  it("clears the low bits of adversarial keys", () => {
    const rows = rowsOf({ ops: 5000, adversarialRatio: 1, adversarialLowBits: 6 });
    expect(shareOf(rows, ([, key]) => Number(key!.slice(1)) % 64 === 0)).toBe(1);
  });

  it("draws crafted keys where they are asked for", () => {
    const rows = rowsOf({ ops: 4000, collisionRatio: 0.5 });
    expect(shareOf(rows, ([, key]) => !key!.startsWith("K"))).toBeCloseTo(0.5, 1);
  });

  it.each(CANONICAL_NAMES)("%s has its shape", (name) => {
    const { shape, seed } = CANONICAL[name];
    const ops = 2000;
    expect(rowsOf({ ...shape, ops }, seed)).toHaveLength(ops);
    expect(Object.keys(shape)).toEqual(Object.keys(PLAIN));
  });
});

describe("zipf", () => {
  it("draws ranks as often as their weights say", () => {
    const draw = zipf(50, 1.2, random(11));
    const counts = new Array<number>(50).fill(0);
    const draws = 200_000;
    for (let index = 0; index < draws; index++) counts[draw()]!++;
    const weights = counts.map((_, rank) => (rank + 1) ** -1.2);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const chiSquare = counts.reduce((sum, count, rank) => {
      const expected = (draws * weights[rank]!) / total;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // 49 degrees of freedom: 99.9 % of all fair draws lie below 85.4.
    expect(chiSquare).toBeLessThan(85.4);
  });

  it("is uniform without a skew, and never leaves its range", () => {
    const draw = zipf(10, 0, random(2));
    const seen = new Set(Array.from({ length: 1000 }, draw));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(zipf(3, 2, () => 0.999999999)()).toBe(2);
    expect(zipf(3, 2, () => 0)()).toBe(0);
  });
});
