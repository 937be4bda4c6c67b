import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPoints, placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened } from "../fixtures/opened.ts";
import { randomNumbers, shuffled } from "../random/random-numbers.ts";

describe("gathered positions", () => {
  it.each(["euclidean", "chord", "angle", "matern52", "manhattan"])("of %s are found within their limits", (name) => {
    fc.assert(
      fc.property(arbitraryPoints, ({ placement, dimension, seed }) => {
        fc.pre(placement !== "gridded");
        const { space } = opened(distances[name]!, placedPoints(placement, 90, dimension, seed));
        const random = randomNumbers(seed);
        for (const size of [1, 7, 8, 90, 9]) {
          const from = random.below(90);
          const positions = [...shuffled(0, 90, random).subarray(0, size)];
          const apart = positions.map((position) => space.toMetric(space.between(from, position)));
          // Limits at the very distance, and at others that occur.
          const limits = apart.map((distance) => (random.next() < 0.4 ? distance : apart[random.below(size)]!));
          const most = random.next() < 0.5 ? Number.POSITIVE_INFINITY : apart[random.below(size)]!;
          const count = random.below(size + 1);
          space.gathered.gather(positions, limits);
          const found = space.gathered.within(from, count, most);
          const expected = [...positions.keys()].filter(
            (place) => place < count && apart[place]! <= limits[place]! && apart[place]! <= most,
          );
          expect([...space.gathered.places.subarray(0, found)]).toEqual(expected);
          expect([...space.gathered.distances.subarray(0, found)]).toEqual(expected.map((place) => apart[place]));
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it.each(["euclidean", "chord", "angle", "matern52", "manhattan"])("of %s take others to the nearest", (name) => {
    fc.assert(
      fc.property(arbitraryPoints, ({ placement, dimension, seed }) => {
        fc.pre(placement !== "gridded");
        const { space } = opened(distances[name]!, placedPoints(placement, 330, dimension, seed));
        const random = randomNumbers(seed);
        const apart = (a: number, b: number) => space.toMetric(space.between(a, b));
        for (const size of [1, 8, 90, 9]) {
          const all = shuffled(0, 330, random);
          const positions = [...all.subarray(0, size)];
          const takers = all.subarray(size);
          const limits = positions.map((position) => apart(position, takers[random.below(takers.length)]!));
          // From something else, whose distances need not have to do with these.
          const before = Float64Array.from(takers, () => random.next());
          const farthest = positions.map(() => random.next()).sort((a, b) => b - a);
          const chosen = new Int32Array(takers.length).fill(-1);
          const after = before.slice();
          space.gathered.gather(positions, limits);
          const computed = space.gathered.nearest(takers, after, farthest, chosen);
          expect(computed).toBeLessThanOrEqual(takers.length * size);
          for (const [index, taker] of takers.entries()) {
            const near = [...positions.keys()].filter((place) => apart(taker, positions[place]!) <= limits[place]!);
            const must = near.filter((place) => farthest[place]! >= before[index]!);
            const lengths = (places: readonly number[]) => places.map((place) => apart(taker, positions[place]!));
            if (chosen[index] === 0) {
              expect(must).toEqual([]);
              expect(after[index]).toBe(before[index]);
              continue;
            }
            expect(near).toContain(chosen[index]! - 1);
            expect(after[index]).toBe(apart(taker, positions[chosen[index]! - 1]!));
            expect(after[index]).toBeLessThanOrEqual(Math.min(...lengths(must)));
          }
        }
      }),
      { numRuns: 8, seed: 5 },
    );
  });
});
