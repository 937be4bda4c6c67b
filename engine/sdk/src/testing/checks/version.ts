import type { z } from "zod";
import type { ArtifactMap, StepContext, TokenMap } from "../../context.ts";
import type { StepDefinition } from "../../step.ts";
import { type Check, verdict } from "./check.ts";

/** The outside world is as it was while the suite runs, so that its version is; none where the step tells no version. */
export async function checkVersion<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(
  definition: StepDefinition<C, I, O, S, N, Open>,
  { config, services, env, secrets, signal }: StepContext<C, I, O, S, N, Open>,
): Promise<readonly Check[]> {
  if (definition.version === undefined) return [];
  const context = { config, services, env, secrets, signal };
  try {
    const [first, second]: readonly unknown[] = [await definition.version(context), await definition.version(context)];
    return [verdict("version", problems(first, second), "It tells the same text twice.")];
  } catch (error) {
    return [verdict("version", [error instanceof Error ? error.message : String(error)], "")];
  }
}

function problems(first: unknown, second: unknown): string[] {
  if (typeof first !== "string") return [`\`version\` gives a value of type ${typeof first}: let it be a text.`];
  if (first === second) return [];
  return [`\`version\` gives "${first}", and then "${second}": let it change only with what the step reads.`];
}
