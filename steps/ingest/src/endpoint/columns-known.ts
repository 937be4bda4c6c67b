import { StepError } from "@orchestrate/sdk";
import type { TableSchema } from "../table/table-schema.ts";

/**
 * The schema of a source, with the columns that it had before where it has no row to tell them.
 *
 * @throws StepError `source-empty` where nothing tells them.
 */
export function columnsKnown(source: TableSchema, before: TableSchema | undefined, label: string): TableSchema {
  if (source.columns.length > 0) return source;
  if (before !== undefined) return before;
  throw new StepError({
    error: "source-empty",
    category: "input",
    detail: `The source ${label} has no rows, and nothing else tells its columns.`,
    hint: "Name them by the option types, or wait until there is a row.",
  });
}
