import { z } from "@orchestrate/sdk";
import { ColumnType } from "../table/column-type.ts";
import { fromMilliseconds, toMilliseconds } from "../table/instant.ts";
import type { Value } from "../table/row.ts";

/** How far a load has come: the greatest value of the cursor among the rows that are committed. */
export const Watermark = z.strictObject({
  column: z.string(),
  type: ColumnType,
  /** As it travels; integers and floats as text. */
  value: z.string(),
});

export type Watermark = z.infer<typeof Watermark>;

export function watermarkOf(column: string, type: ColumnType, value: Value): Watermark | null {
  return value === null ? null : { column, type, value: String(value) };
}

/**
 * The value behind which the next load reads: the watermark less the lag, in seconds for times and units for numbers.
 */
export function startOf({ type, value }: Watermark, lag: number): Value {
  switch (type.type) {
    case "integer":
      return BigInt(value) - BigInt(lag);
    case "float":
      return Number(value) - lag;
    case "date":
    case "timestamp":
      return lag === 0 ? value : earlier(value, lag, type.type);
    case "boolean":
    case "decimal":
    case "text":
    case "uuid":
    case "json":
    case "binary":
    case "other":
      return value;
    default:
      return type satisfies never;
  }
}

/** Whether a lag means something for a cursor of this type. */
export function canLag(type: ColumnType): boolean {
  return type.type === "integer" || type.type === "float" || type.type === "date" || type.type === "timestamp";
}

/** Dates and timestamps travel in UTC, and a fraction of a second stays as it is. */
function earlier(value: string, seconds: number, type: "date" | "timestamp"): string {
  const [, fraction] = value.split(".");
  const text = fromMilliseconds(toMilliseconds(value) - seconds * 1000);
  if (type === "date") return text.replace(/ [\d:]+$/, "");
  return fraction === undefined ? text : `${text}.${fraction}`;
}
