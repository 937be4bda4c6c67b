import { describe, expect, it } from "vitest";
import { runHash } from "./run-hash.ts";
import { RuntimeModel, scheduleOf } from "./runtime-model.ts";
import { resolveSeeds, SeedPack } from "./seed-pack.ts";

const ofRun = { mis: 1, batch_order: 2, inducing: 3 };
const resolved = (pack: object) => resolveSeeds(SeedPack.parse(pack), ofRun);

describe("seeds", () => {
  it("are those of the run where nothing else is said", () => {
    expect(resolved({})).toEqual(ofRun);
  });

  it("are made of the global one: the lowest 31 bits of the first eight bytes of SHA-256 of global:channel", () => {
    expect(resolved({ global: 42 })).toEqual({ mis: 122039035, batch_order: 217105625, inducing: 441542782 });
  });

  it("are each channel's own before that, and the order of a batch falls back to mis", () => {
    expect(resolved({ global: 42, mis: 7 })).toMatchObject({ mis: 7, batch_order: 7 });
    expect(resolved({ mis: 7, batch_order: 8 })).toEqual({ mis: 7, batch_order: 8, inducing: 3 });
  });
});

describe("the runtime model", () => {
  it("refuses densities that are out of order, and fields that mean nothing any more", () => {
    expect(RuntimeModel.safeParse({ prefixDensity: { low: 0.6, high: 0.5 } }).error?.message).toContain(
      "low must be less than high",
    );
    expect(RuntimeModel.safeParse({ enable_numba: true }).error?.message).toContain("enable_numba");
  });

  it("gives the factors of an adaptive schedule", () => {
    expect(scheduleOf(RuntimeModel.parse({}))).toEqual({
      kind: "adaptive",
      low: 0.15,
      high: 0.55,
      small: 1.25,
      medium: 1.75,
      large: 2.25,
    });
    expect(scheduleOf(RuntimeModel.parse({ prefixSchedule: "doubling" }))).toEqual({ kind: "doubling" });
  });

  it("has a hash that knows of all that decides about a tree, and of nothing else", () => {
    const hash = (runtime: object, distance: object = {}, seeds: object = {}) =>
      runHash(RuntimeModel.parse(runtime), { name: "euclidean", options: {}, ...distance }, { ...ofRun, ...seeds })
        .runHash;
    expect(hash({})).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(hash({ diagnostics: "debug" })).toBe(hash({}));
    expect(hash({ leafSize: 8 })).not.toBe(hash({}));
    expect(hash({}, { options: { as: "angle" } })).not.toBe(hash({}));
    expect(hash({}, {}, { mis: 9 })).not.toBe(hash({}));
  });
});
