import { type Check, verdict } from "./check.ts";

/** The example must succeed, with every required output in place. */
export function checkOutputs(error: unknown): Check {
  const problems = error === undefined ? [] : [error instanceof Error ? error.message : String(error)];
  return verdict("outputs", problems, "Every required output is there, in its form and shape.");
}
