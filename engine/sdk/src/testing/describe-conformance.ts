import type { z } from "zod";
import type { ArtifactMap, TokenMap } from "../context.ts";
import type { Service } from "../service.ts";
import type { Step } from "../step.ts";
import { checkService, type ServiceExample } from "./check-service.ts";
import { type ConformanceExample, checkStep } from "./check-step.ts";
import type { Check } from "./checks/check.ts";

/**
 * The conformance suite of a step or a service for any test runner:
 * `it("conforms", () => describeConformance(step, example))`.
 *
 * @throws AggregateError with one error for each check that fails, all of them named in its message.
 */
export function describeConformance<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(step: Step<C, I, O, S, N, Open>, example?: ConformanceExample<C, I, S>): Promise<void>;
export function describeConformance<T, C extends z.ZodType>(
  service: Service<T, C>,
  example?: ServiceExample<T, C>,
): Promise<void>;
export async function describeConformance(part: Step | Service, example: object = {}): Promise<void> {
  const checks = part.orchestrate === "step" ? await checkStep(part, example) : await checkService(part, example);
  const lines = failuresOf(checks);
  if (lines.length === 0) return;
  throw new AggregateError(
    lines.map((line) => new Error(line)),
    `The ${part.orchestrate} does not conform.\n${lines.join("\n")}`,
  );
}

function failuresOf(checks: readonly Check[]): readonly string[] {
  return checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}
