import { parseArgs } from "node:util";

export interface BenchOptions {
  /** `quick`: small sizes and one round, to see that a script still works; its figures mean nothing. */
  readonly size: "full" | "quick";
  /** Rounds that are timed; null: as many as the figure sees fit. */
  readonly rounds: number | null;
  /** Whether Turborepo is installed and measured too. */
  readonly turbo: "with" | "without";
  /** Graph sizes to measure; null: all of the figure. */
  readonly sizes: readonly number[] | null;
}

/** Reads what every script of this folder takes: `--quick`, `--rounds N`, `--sizes 200,1000`, `--without-turbo`. */
export function benchOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      sizes: { type: "string" },
      "without-turbo": { type: "boolean", default: false },
    },
  });
  return {
    size: values.quick ? "quick" : "full",
    rounds: values.rounds === undefined ? null : Number(values.rounds),
    turbo: values.quick || values["without-turbo"] ? "without" : "with",
    sizes: values.sizes === undefined ? null : values.sizes.split(",").map(Number),
  };
}
