import { StepError } from "@orchestrate/sdk";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import type { LoadConfig } from "./load-config.ts";
import { cursorOf } from "./starting-point.ts";

/**
 * @throws StepError `column-unknown` for a column that the load goes by and the source lacks, or `columns` leaves out.
 */
export function refuseUnknownColumns(config: LoadConfig, source: TableSchema): void {
  const { columns } = config;
  for (const name of columns ?? []) refuseLacking(source, name, "columns");
  for (const { name, field } of neededBy(config, source)) {
    refuseLacking(source, name, field);
    if (columns?.every((column) => column.toLowerCase() !== name.toLowerCase())) throw leftOut(name, field);
  }
}

/** A key that is not named is the source's own, but for rows that are added. */
function neededBy({ changes, key, strategy }: LoadConfig, source: TableSchema) {
  const cursor = cursorOf(changes);
  const ofChanges = [
    ...(cursor === undefined ? [] : [cursor]),
    ...("operation" in changes ? [changes.operation] : []),
    ...("tombstone" in changes ? [changes.tombstone] : []),
  ];
  const ofKey = key.length > 0 ? key : strategy === "scd1" || strategy === "scd2" ? source.key : [];
  return [...ofChanges.map((name) => ({ name, field: "changes" })), ...ofKey.map((name) => ({ name, field: "key" }))];
}

function refuseLacking(source: TableSchema, name: string, field: string): void {
  if (findColumn(source, name) !== undefined) return;
  throw new StepError({
    error: "column-unknown",
    category: "input",
    detail: `The config names the column "${name}" in ${field}, which the source does not have.`,
    hint: `It has ${source.columns.map((column) => column.name).join(", ")}.`,
  });
}

function leftOut(name: string, field: string): StepError {
  return new StepError({
    error: "column-unknown",
    category: "input",
    detail: `The config leaves out the column "${name}" in columns, which ${field} needs.`,
    hint: `Add ${name} to columns.`,
  });
}
