import { describe, expect, it } from "vitest";
import { latestFirst } from "./latest-first.ts";
import type { Pins } from "./pins.ts";

function order(pins: Readonly<Record<string, Pins>>, ...runs: readonly string[]): readonly string[] {
  const holders = runs.map((run) => ({ run }));
  return latestFirst("train", holders, ({ run }) => pins[run] ?? {}).map(({ run }) => run);
}

describe("latestFirst", () => {
  it("leaves runs in the order of their times, where none took up what a newer one had committed", () => {
    expect(order({})).toEqual([]);
    expect(order({ c: { "train.model": "b" }, b: { "train.model": "a" } }, "c", "b", "a")).toEqual(["c", "b", "a"]);
  });

  it("takes one that took up what a newer one had committed for the later, step by step", () => {
    expect(order({ b: { "train.model": "c" }, a: { "train.model": "b" } }, "c", "b", "a")).toEqual(["a", "c", "b"]);
  });

  it("is not misled by what was taken up of another phase, or by records that go round", () => {
    expect(order({ a: { "training.model": "b", "load.state": "b" } }, "b", "a")).toEqual(["b", "a"]);
    expect(order({ a: { "train.model": "b" }, b: { "train.model": "a" } }, "b", "a")).toEqual(["a", "b"]);
  });
});
