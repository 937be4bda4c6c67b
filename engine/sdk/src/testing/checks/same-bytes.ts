import type { OutputRead } from "../output-read.ts";
import { type Check, verdict } from "./check.ts";

type Outputs = Readonly<Record<string, OutputRead | undefined>>;

/** Reuse rests on this: equal code, config, inputs and seeds give equal bytes, wherever they are computed. */
export function checkSameBytes(first: Outputs, second: Outputs): Check {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  const different = names.filter((name) => first[name]?.digest !== second[name]?.digest);
  return verdict(
    "same-bytes",
    different.map((name) => `Output "${name}" differs between two runs with one seed.`),
    "Two runs with one seed write the same bytes.",
  );
}
