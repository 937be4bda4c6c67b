import type { EmittedRecord } from "@orchestrate/sdk";
import type { Drift } from "../guard/drift.ts";
import { typeWords } from "../table/column-type.ts";
import type { TableSchema } from "../table/table-schema.ts";
import type { TableStatistics } from "./statistics.ts";

/** The columns of a table as a record for the metadata gateway. */
export function catalogRecord(subject: string, { columns, key }: TableSchema): EmittedRecord {
  return {
    kind: "catalog_snapshot",
    subject,
    payload: {
      schema_fields: columns.map(({ name, type, nullable }, at) => ({
        name,
        data_type: typeWords(type),
        nullable,
        position: at + 1,
        ...(type.type === "decimal" ? { precision: type.precision, scale: type.scale } : {}),
        ...(type.type === "text" ? { length: type.length } : {}),
      })),
      constraints: key.length === 0 ? [] : [{ name: "key", type: "primary_key", fields: [...key] }],
    },
  };
}

export function diffRecord(subject: string, drift: readonly Drift[]): EmittedRecord {
  const named = (kind: Drift["kind"]) => drift.filter((each) => each.kind === kind).map(({ column }) => column);
  return {
    kind: "catalog_diff",
    subject,
    payload: {
      added: named("new"),
      removed: named("missing"),
      changed: drift
        .filter(({ kind }) => kind !== "new" && kind !== "missing")
        .map(({ kind, column, expected, observed }) => ({ column, kind, expected, observed })),
    },
  };
}

export function statisticsRecord(subject: string, { row_count, columns, quality }: TableStatistics): EmittedRecord {
  return { kind: "statistics_snapshot", subject, payload: { row_count, columns, quality } };
}
