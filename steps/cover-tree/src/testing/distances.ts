import { ResidualOptions } from "../residual/residual-options.ts";
import type { Distance } from "../space/distance.ts";

/** Every distance that comes with the package, and one of each sort that somebody else could write. */
export const distances: Readonly<Record<string, Distance>> = {
  euclidean: { kind: "vectors", name: "euclidean", options: {}, preparation: "none", report: "root" },
  chord: { kind: "vectors", name: "cosine", options: { as: "chord" }, preparation: "unit", report: "root" },
  angle: { kind: "vectors", name: "cosine", options: { as: "angle" }, preparation: "unit", report: "angle" },
  pearson: {
    kind: "vectors",
    name: "pearson",
    options: { as: "one-minus-r" },
    preparation: "centred-unit",
    report: "half-square",
  },
  matern52: residual({ kernel: "matern52", lengthscale: 0.7, inducing: 12 }),
  rbf: residual({ kernel: "rbf", variance: 2, lengthscale: 1.5, inducing: 5 }),
  manhattan: {
    kind: "function",
    name: "manhattan",
    options: {},
    metric: true,
    slack: { relative: 2 ** -40, absolute: 0 },
    between: (a, b) => a.reduce((sum, value, column) => sum + Math.abs(value - b[column]!), 0),
  },
  squared: {
    kind: "function",
    name: "squared",
    options: {},
    metric: false,
    slack: { relative: 0, absolute: 0 },
    between: (a, b) => a.reduce((sum, value, column) => sum + (value - b[column]!) ** 2, 0),
  },
};

function residual(options: Partial<ResidualOptions>): Distance {
  const process = ResidualOptions.parse(options);
  return { kind: "residual", name: "residual-correlation", options: process, process };
}
