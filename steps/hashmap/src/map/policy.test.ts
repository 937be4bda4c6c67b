import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MapOptions } from "./map-options.ts";
import { type Departures, nextTable, type TableShape, watchPoints } from "./policy.ts";

const options = MapOptions.parse({});
const never: Departures = { chaining: Infinity, "robin-hood": Infinity };
const chained = (shape: Partial<TableShape>): TableShape => ({
  kind: "chaining",
  capacity: 1024,
  size: 500,
  averageDistance: 0.3,
  longestGroup: 4,
  ...shape,
});
const open = (shape: Partial<TableShape>): TableShape => ({ ...chained(shape), kind: "robin-hood", longestGroup: 0 });

describe("the policy", () => {
  it.each<[string, TableShape, Departures, ReturnType<typeof nextTable>]>([
    ["leaves a fitting table alone", chained({}), never, undefined],
    ["reaches the load at which chaining is left", chained({ size: 840 }), never, change("robin-hood", 2048, "load")],
    ["does not leave it a moment sooner", chained({ size: 839 }), never, undefined],
    ["leaves chaining for long lists", chained({ longestGroup: 9 }), never, change("robin-hood", 1024, "long-groups")],
    [
      "leaves Robin Hood for long probes",
      open({ averageDistance: 6.1 }),
      never,
      change("chaining", 1024, "long-probes"),
    ],
    ["grows an open table", open({ size: 871 }), never, change("robin-hood", 2048, "load")],
    ["shrinks a sparse table", open({ size: 102, capacity: 1024 }), never, change("robin-hood", 256, "sparse")],
    ["never shrinks below the first capacity", open({ size: 0, capacity: 64 }), never, undefined],
    [
      "does not go back to a kind that did badly",
      chained({ size: 840, longestGroup: 64 }),
      { ...never, "robin-hood": 840 },
      change("chaining", 2048, "load"),
    ],
    [
      "takes it again when three in four entries are gone",
      chained({ size: 210, longestGroup: 9 }),
      { ...never, "robin-hood": 840 },
      change("robin-hood", 512, "long-groups"),
    ],
  ])("%s", (_, shape, departures, expected) => {
    expect(nextTable(shape, departures, options)).toEqual(expected);
  });

  it.each(["chaining", "robin-hood"] as const)("keeps a map that is to be %s what it is", (backend) => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const next = nextTable({ ...shape, kind: backend }, never, { ...options, backend });
        expect(next?.kind ?? backend).toBe(backend);
      }),
    );
  });

  it("never wants another table unless a point that is watched was passed", () => {
    const backends = fc.constantFrom("adaptive" as const, "chaining" as const, "robin-hood" as const);
    fc.assert(
      fc.property(anyShape, backends, (shape, backend) => {
        const chosen = { ...options, backend };
        const points = watchPoints(shape.kind, shape.capacity, chosen);
        const isPassed =
          shape.size > points.mostEntries ||
          shape.size < points.leastEntries ||
          shape.longestGroup > points.longestGroup ||
          shape.averageDistance > points.averageDistance;
        return isPassed || nextTable(shape, never, chosen) === undefined;
      }),
    );
  });

  it("gives every new table room for what comes while it fills, and no cause to be replaced at once", () => {
    fc.assert(
      fc.property(anyShape, fc.constantFrom(1, 2, 64, 4096), (shape, incrementalBatch) => {
        const chosen = { ...options, incrementalBatch };
        const next = nextTable(shape, never, chosen);
        fc.pre(next !== undefined);
        const operations = Math.ceil(shape.size / incrementalBatch + shape.capacity / (2 * incrementalBatch));
        const filled = { kind: next!.kind, capacity: next!.capacity, averageDistance: 0, longestGroup: 0 };
        expect(nextTable({ ...filled, size: shape.size + operations }, never, chosen)?.reason).not.toBe("load");
        if (next!.reason === "load") {
          expect(nextTable({ ...filled, size: shape.size }, never, chosen)?.reason).not.toBe("sparse");
        }
      }),
    );
  });
});

const anyShape = fc
  .record({
    kind: fc.constantFrom("chaining" as const, "robin-hood" as const),
    power: fc.integer({ min: 6, max: 22 }),
    load: fc.double({ min: 0, max: 0.95, noNaN: true }),
    averageDistance: fc.double({ min: 0, max: 20, noNaN: true }),
    longestGroup: fc.integer({ min: 0, max: 64 }),
  })
  .map(
    ({ power, load, ...shape }): TableShape => ({
      ...shape,
      capacity: 2 ** power,
      size: Math.floor(load * 2 ** power),
    }),
  );

function change(
  kind: "chaining" | "robin-hood",
  capacity: number,
  reason: "load" | "long-groups" | "long-probes" | "sparse",
) {
  return { kind, capacity, reason };
}
