import type { OutputRead } from "../output-read.ts";
import { type Check, verdict } from "./check.ts";

export type Outputs = Readonly<Record<string, OutputRead | undefined>>;

/**
 * Reuse rests on this: equal code, config, inputs and seeds give equal bytes, wherever they are computed. A step that
 * reads the outside world, and tells no version of it, is `never` reused.
 */
export function checkSameBytes(first: Outputs, second: Outputs, reused: "by-fingerprint" | "never"): Check {
  const different = differences(first, second);
  if (different.length > 0 && reused === "never")
    return verdict("same-bytes", [], "Two runs differ, as they may: it reads the outside world, and is never reused.");
  return verdict(
    "same-bytes",
    different.map(
      (name) =>
        `Output "${name}" differs between two runs with one seed, on different days and cores: take chance from \`seeds\`, the time from the service Clock, do the same with any number of cores, and sort what has no order.`,
    ),
    "Two runs with one seed write the same bytes.",
  );
}

/** The names of the outputs that are not the same in both. */
export function differences(first: Outputs, second: Outputs): readonly string[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return names.filter((name) => first[name]?.digest !== second[name]?.digest);
}
