import { expect, it } from "vitest";
import { placedPoints } from "../fixtures/arbitrary-points.ts";
import { opened } from "../fixtures/opened.ts";
import { warnOfDoubt } from "../space/warn-of-doubt.ts";
import { ResidualOptions } from "./residual-options.ts";

it("residual variances that are hardly more than rounding are told of, and others are not", () => {
  const told: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (message: string) => told.push(message) };
  const points = placedPoints("normal", 40, 2, 1);
  for (const [nugget, jitter] of [
    [1e-6, 1e-6],
    [1e-9, 1e-12],
  ] as const) {
    const process = ResidualOptions.parse({ kernel: "rbf", lengthscale: 50, inducing: 40, nugget, jitter });
    warnOfDoubt(opened({ kind: "residual", name: "residual-correlation", options: {}, process }, points).space, log);
  }
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^The residual variance of \d+ points is below 1,000 times its rounding error, the least is /,
  );
});
