import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { type Check, verdict } from "./check.ts";

/** Planning sees contract and config as JSON only: both must come out of it as they went in. */
export function checkContract(contract: { readonly summary: string }, schema: z.ZodType, config: unknown): Check {
  const parsed = schema.safeParse(config).data;
  return verdict(
    "contract",
    [
      ...(contract.summary.trim() === "" ? ["The summary is empty."] : []),
      ...(survivesJson(contract) ? [] : ["The contract is not plain JSON."]),
      ...(survivesJson(parsed) ? [] : ["The parsed config is not plain JSON: leave transforms and dates out of it."]),
      ...unsteady(schema, config, parsed),
    ],
    "The contract and the parsed config are plain JSON.",
  );
}

/** What is parsed twice, or parsed again, must come out as it did: a fingerprint rests on it. */
function unsteady(schema: z.ZodType, config: unknown, parsed: unknown): readonly string[] {
  const again = schema.safeParse(config).data;
  if (!isDeepStrictEqual(parsed, again))
    return ["The config is another one each time it is parsed: leave chance and the time out of defaults."];
  if (!isDeepStrictEqual(parsed, schema.safeParse(again).data))
    return ["A parsed config is another one, or refused, once it is parsed again: leave transforms out of it."];
  return [];
}

function survivesJson(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}
