import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placedPoints, placements } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened } from "../fixtures/opened.ts";
import { leastDistance, mostDistance } from "./slack.ts";

describe("the bounds of a distance", () => {
  it.each(["euclidean", "matern52", "rbf", "manhattan"])("hold for the computed ones of %s", (name) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...placements),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        (placement, columns, seed) => {
          const { space } = opened(distances[name]!, placedPoints(placement, 25, columns, seed));
          const apart = (a: number, b: number) => space.toMetric(space.between(a, b));
          for (let centre = 0; centre < 25; centre++) {
            for (let point = 0; point < 25; point++) {
              const other = (centre + 7 * point) % 25;
              const [distance, radius] = [apart(point, centre), apart(centre, other)];
              expect(apart(point, other)).toBeLessThanOrEqual(mostDistance(distance, radius, space.slack));
              expect(apart(point, other)).toBeGreaterThanOrEqual(leastDistance(distance, radius, space.slack));
            }
          }
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  it("add up, but for roundings", () => {
    expect(mostDistance(3, 4, { relative: 2 ** -50, absolute: 0 })).toBeCloseTo(7, 12);
    expect(mostDistance(3, 4, { relative: 2 ** -50, absolute: 1e-12 })).toBeCloseTo(7, 10);
    expect(mostDistance(3, Number.POSITIVE_INFINITY, { relative: 2 ** -50, absolute: 0 })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
