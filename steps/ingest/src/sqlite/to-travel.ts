import type { SQLOutputValue } from "node:sqlite";
import { StepError } from "@orchestrate/sdk";
import { type ColumnType, typeWords } from "../table/column-type.ts";
import type { Value } from "../table/row.ts";

/**
 * A value as SQLite holds it, as it travels. SQLite does not keep columns to their types; what does not fit the
 * declared one is an error that names the column.
 *
 * @throws StepError `value-unfit`
 */
export function toTravel(value: SQLOutputValue, type: ColumnType, column: string): Value {
  if (value === null) return null;
  const fitted = fit(value, type);
  if (fitted !== undefined) return fitted;
  throw new StepError({
    error: "value-unfit",
    category: "input",
    detail: `Column "${column}" is declared as ${typeWords(type)}, and holds ${String(value).slice(0, 80)} (${typeof value}).`,
    hint: "Mend the row, or declare the column as what it holds.",
  });
}

function fit(value: Exclude<SQLOutputValue, null>, type: ColumnType): Value | undefined {
  switch (type.type) {
    case "boolean":
      return value === 0n || value === 1n ? value === 1n : undefined;
    case "integer":
      return typeof value === "bigint" ? value : undefined;
    case "float":
      return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
    case "decimal":
      return decimalText(value, type.scale);
    case "date":
      return typeof value === "string" ? DATE.exec(value)?.[1] : undefined;
    case "timestamp":
      return typeof value === "string" && DATE.test(value) ? timestampText(value) : undefined;
    case "uuid":
      return typeof value === "string" && UUID.test(value) ? value.toLowerCase() : undefined;
    case "binary":
      return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : undefined;
    case "text":
    case "json":
    case "other":
      return value instanceof Uint8Array ? undefined : String(value);
    default:
      return type satisfies never;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A date as DuckDB shows it, and a time that may follow. */
const DATE = /^(-?\d{4,}-\d\d-\d\d(?: \(BC\))?|-?infinity)(?:[T ][\d:.]+ ?(?:Z|[+-][\d:]+)?(?: \(BC\))?)?$/;

function decimalText(value: Exclude<SQLOutputValue, null>, scale: number | null): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return scale === null ? plainNumber(value) : scaled(value, scale);
  if (typeof value !== "string") return undefined;
  const [text, fraction = ""] = /^-?\d+(?:\.(\d+))?$/.exec(value) ?? [];
  return scale === null || fraction.replace(/0+$/, "").length <= scale ? text : undefined;
}

/** How far a float may lie from the decimal that is meant, as a part of it: some of the last of its 53 bits. */
const NOISE = 2 ** -48;

/** The decimal that a float stands for; undefined where it has more digits behind the point. */
function scaled(value: number, scale: number): string | undefined {
  const text = value.toFixed(scale);
  return Math.abs(Number(text) - value) <= Math.abs(value) * NOISE && !text.includes("e") ? text : undefined;
}

/** Without exponent, which a decimal's text must not have. */
function plainNumber(value: number): string | undefined {
  const text = String(value);
  return /e/i.test(text) ? undefined : text;
}

/**
 * Undefined where it is told in another zone than UTC: texts of several zones have no order that a range could ask for.
 */
function timestampText(text: string): string | undefined {
  const plain = text.replace("T", " ").replace(/ ?(?:Z|[+-]00(?::?00)?)$/, "");
  if (/:\d\d(?:\.\d+)? ?[+-]\d\d/.test(plain)) return undefined;
  const whole = plain.length === 10 ? `${plain} 00:00:00` : plain.length === 16 ? `${plain}:00` : plain;
  return whole.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}
