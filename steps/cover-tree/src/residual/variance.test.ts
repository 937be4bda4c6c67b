import { expect, it } from "vitest";
import { placedPoints } from "../fixtures/arbitrary-points.ts";
import { opened } from "../fixtures/opened.ts";
import { ResidualOptions } from "./residual-options.ts";

it.each(["rbf", "matern52"])("distances of a process do not depend on its variance: %s", (kernel) => {
  const points = placedPoints("normal", 40, 2, 1);
  const [least, one, most] = [2 ** -332, 1, 2 ** 332].map((variance) => {
    const process = ResidualOptions.parse({ kernel, variance, lengthscale: 0.7, inducing: 12 });
    const { space } = opened({ kind: "residual", name: "residual-correlation", options: {}, process }, points);
    return Array.from({ length: 40 * 40 }, (_, pair) => space.between(Math.floor(pair / 40), pair % 40));
  });
  // Powers of four scale every sum and root without rounding.
  expect(least).toEqual(one);
  expect(most).toEqual(one);
  expect(Math.max(...one!)).toBeGreaterThan(0.9);
});
