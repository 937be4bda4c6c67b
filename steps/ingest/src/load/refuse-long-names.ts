import { StepError } from "@orchestrate/sdk";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Column } from "../table/table-schema.ts";

/**
 * @throws StepError `column-unsuitable` for a column whose name is longer than the target's may be, which would cut it.
 */
export function refuseLongNames(columns: readonly Column[], { label, capabilities }: Endpoint): void {
  const { longestName = Number.POSITIVE_INFINITY } = capabilities;
  const column = columns.find(({ name }) => Buffer.byteLength(name) > longestName);
  if (column === undefined) return;
  throw new StepError({
    error: "column-unsuitable",
    category: "input",
    detail: `The name of the column "${column.name}" has ${Buffer.byteLength(column.name)} bytes, and names in ${label} have ${longestName} at most.`,
    hint: "Leave it out by columns, or load from a view that gives it a shorter name.",
  });
}
