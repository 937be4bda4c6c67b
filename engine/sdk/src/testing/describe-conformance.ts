import type { z } from "zod";
import type { ArtifactMap, TokenMap } from "../context.ts";
import type { Step } from "../step.ts";
import { type ConformanceExample, checkStep } from "./check-step.ts";

/**
 * The conformance suite for any test runner: `it("conforms", () => describeConformance(step, example))`.
 *
 * @throws AggregateError with one error for each check that fails, all of them named in its message.
 */
export async function describeConformance<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(step: Step<C, I, O, S, N, Open>, example: ConformanceExample<C, I, S> = {}): Promise<void> {
  const failures = (await checkStep(step, example)).filter(({ ok }) => !ok);
  if (failures.length === 0) return;
  const lines = failures.map(({ check, detail }) => `${check}: ${detail}`);
  throw new AggregateError(
    lines.map((line) => new Error(line)),
    `The step does not conform.\n${lines.join("\n")}`,
  );
}
