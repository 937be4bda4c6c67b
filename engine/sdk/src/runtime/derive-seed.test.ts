import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deriveSeed } from "./derive-seed.ts";

describe("deriveSeed", () => {
  it("is the documented digest", () => {
    const digest = createHash("sha256").update('["orchestrate.seed/1",42,"batch_order",null]').digest("hex");
    expect(deriveSeed(42, "batch_order")).toBe(Number.parseInt(digest.slice(0, 8), 16));
  });

  it("sets seeds, purposes and keys apart", () => {
    const seeds = [
      deriveSeed(1, "a"),
      deriveSeed(2, "a"),
      deriveSeed(1, "b"),
      deriveSeed(1, "a", "left"),
      deriveSeed(1, "a", "right"),
    ];
    expect(new Set(seeds).size).toBe(5);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });

  it("stays what it is: results that were recorded depend on it", () => {
    expect([deriveSeed(0, "split"), deriveSeed(42, "batch_order", "left")]).toEqual([2681198317, 3522425167]);
  });
});
