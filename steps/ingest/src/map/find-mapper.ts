import { StepError } from "@orchestrate/sdk";
import { documentMappers } from "./document-mappers.ts";
import { jiraMappers } from "./jira-mappers.ts";
import type { Mapper } from "./mapper.ts";

/** The mappers that come with it, by family, unit and model. */
export const mappers: readonly Mapper[] = [...jiraMappers, ...documentMappers];

/** @throws StepError `mapper-unknown`, which names those that there are. */
export function findMapper(family: string, unit: string, model: string | undefined): Mapper {
  const found = mappers.find(
    (each) => each.family === family && each.unit === unit && (model ?? each.model) === each.model,
  );
  if (found !== undefined) return found;
  throw new StepError({
    error: "mapper-unknown",
    category: "input",
    detail: `There is no mapper of ${family}.${unit}${model === undefined ? "" : ` onto ${model}`}.`,
    hint: `There are ${mappers.map((each) => `${each.family}.${each.unit} onto ${each.model}`).join(", ")}.`,
  });
}
