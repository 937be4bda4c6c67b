import { StepError } from "@orchestrate/sdk";
import { HISTORY } from "../sql/history.ts";
import type { Column } from "../table/table-schema.ts";
import type { LoadConfig } from "./load-config.ts";

/** Names by which DuckDB tells the order of rows, which a load by cursor asks for. */
const ORDERING = ["rowid", "file_row_number"];

/** @throws StepError `column-reserved` for a column whose name a load of this kind needs itself. */
export function refuseReserved(columns: readonly Column[], { strategy, changes }: LoadConfig): void {
  const taken = [...(changes.mode === "full" ? [] : ORDERING), ...(strategy === "scd2" ? Object.values(HISTORY) : [])];
  const column = columns.find(({ name }) => {
    const lower = name.toLowerCase();
    return lower.startsWith("_ingest_") || taken.includes(lower);
  });
  if (column === undefined) return;
  throw new StepError({
    error: "column-reserved",
    category: "input",
    detail: `The source has a column "${column.name}", a name that the load needs for its own.`,
    hint: "Leave it out by columns, or load from a view that gives it another name.",
  });
}
