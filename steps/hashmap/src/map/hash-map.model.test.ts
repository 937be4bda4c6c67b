import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSnapshot } from "../snapshot/decode-snapshot.ts";
import { encodeSnapshot } from "../snapshot/encode-snapshot.ts";
import { mapPayload } from "../snapshot/map-payload.ts";
import { restoreMap } from "../snapshot/restore-map.ts";
import { craftedKeys } from "../workload/crafted-keys.ts";
import { random } from "../workload/random.ts";
import { createMap } from "./create-map.ts";
import type { HashMap } from "./hash-map.ts";
import { MapOptions } from "./map-options.ts";

const OPERATIONS = 25_000;
const RUNS = 40;
const CRAFTED = craftedKeys(128).map((key) => Buffer.from(key));

const options = (backend: MapOptions["backend"]) =>
  fc.record({
    backend: fc.constant(backend),
    startBackend: fc.constantFrom("chaining" as const, "robin-hood" as const),
    hash: fc.constantFrom("fast" as const, "fast" as const, "keyed" as const),
    initialCapacity: fc.constantFrom(8, 64),
    groupsPerBucket: fc.constantFrom(8, 16),
    incrementalBatch: fc.constantFrom(1, 2, 7, 64),
    maxDeadRatio: fc.constantFrom(0.05, 0.25, 0.6),
    maxAverageProbe: fc.constantFrom(1, 2, 6),
  });

const workload = fc.record({
  seed: fc.integer(),
  keys: fc.integer({ min: 1, max: 4000 }),
  crafted: fc.constantFrom(0, 8, 128),
  puts: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
  deletes: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  longestValue: fc.constantFrom(1, 12, 300),
});

describe.each(["chaining", "robin-hood", "adaptive"] as const)("a map, %s", (backend) => {
  it("agrees with a reference over a million operations, whatever happens in between", { timeout: 120_000 }, () => {
    const seen = { operations: 0, switches: 0, resizes: 0, compactions: 0, restarts: 0 };
    fc.assert(
      fc.property(options(backend), workload, (chosen, shape) => {
        const parsed = MapOptions.parse(chosen);
        const tell = ({ type }: { readonly type: "switch" | "resize" | "compaction" }) => {
          seen[`${type}${type === "switch" ? "es" : "s"}` as "switches" | "resizes" | "compactions"]++;
        };
        const uniform = random(shape.seed);
        const keys = [
          ...CRAFTED.slice(0, shape.crafted),
          ...Array.from({ length: shape.keys }, (_, index) => Buffer.from(`K${index}`)),
        ];
        const model: (string | undefined)[] = keys.map(() => undefined);
        let map = createMap(parsed, shape.seed);
        map.listen(tell);
        for (let operation = 0; operation < OPERATIONS; operation++) {
          // Phases of growth and of decay follow each other, so that tables grow and shrink.
          const isGrowing = Math.floor(operation / 5000) % 2 === 0;
          const at = Math.floor(uniform() * keys.length);
          const key = keys[at]!;
          const draw = uniform();
          if (draw < (isGrowing ? shape.puts : 0.05)) {
            const value = `${operation}`.repeat(1 + Math.floor(uniform() * (shape.longestValue / 5)));
            map.put(key, Buffer.from(value));
            model[at] = value;
          } else if (draw < (isGrowing ? shape.puts : 0.05) + shape.deletes) {
            if (map.delete(key) !== (model[at] !== undefined)) throw new Error(`delete of ${key} at ${operation}`);
            model[at] = undefined;
          } else check(map, key, model[at], operation);
          if (uniform() < 1 / 4000) map.compact();
          if (uniform() < 1 / 4000) {
            map = restarted(map, parsed, shape.seed);
            map.listen(tell);
            seen.restarts++;
          }
        }
        expect(map.faults()).toEqual([]);
        for (const [at, key] of keys.entries()) check(map, key, model[at], OPERATIONS);
        expect(map.size).toBe(model.filter((value) => value !== undefined).length);
        seen.operations += OPERATIONS;
      }),
      { numRuns: RUNS, seed: 20_261_125 },
    );
    expect(seen.operations).toBeGreaterThanOrEqual(1_000_000);
    expect(seen.resizes).toBeGreaterThan(100);
    expect(seen.compactions).toBeGreaterThan(100);
    expect(seen.restarts).toBeGreaterThan(100);
    if (backend === "adaptive") expect(seen.switches).toBeGreaterThan(20);
    else expect(seen.switches).toBe(0);
  });
});

function check(map: HashMap, key: Buffer, expected: string | undefined, operation: number): void {
  const value = map.get(key);
  const found = value === undefined ? undefined : Buffer.from(value).toString();
  if (found !== expected) throw new Error(`get of ${key} at ${operation} gave ${found}, not ${expected}`);
}

function restarted(map: HashMap, options: MapOptions, seed: number): HashMap {
  const bytes = encodeSnapshot(mapPayload(map, options), "none");
  return restoreMap(decodeSnapshot(bytes, 2 ** 28).payload, options, seed);
}
