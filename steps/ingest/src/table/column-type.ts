import { z } from "@orchestrate/sdk";

/**
 * The type of a column, as all endpoints understand it. `other` is whatever has no counterpart here (`interval`,
 * `inet`, an enumeration): it travels as the text that its engine shows. Timestamps are in UTC and hold microseconds.
 */
export const ColumnType = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("boolean") }),
  z.strictObject({ type: z.literal("integer"), bits: z.union([z.literal(16), z.literal(32), z.literal(64)]) }),
  z.strictObject({
    type: z.literal("decimal"),
    /** Digits in all; null where the source declares none. */
    precision: z.number().int().positive().nullable(),
    /** Digits behind the point; null where the source declares none. */
    scale: z.number().int().min(0).nullable(),
  }),
  z.strictObject({ type: z.literal("float"), bits: z.union([z.literal(32), z.literal(64)]) }),
  z.strictObject({
    type: z.literal("text"),
    /** Characters; null where there is no limit. */
    length: z.number().int().positive().nullable(),
  }),
  z.strictObject({ type: z.literal("date") }),
  z.strictObject({ type: z.literal("timestamp") }),
  z.strictObject({ type: z.literal("uuid") }),
  /** A document, kept as the text in which it was written. */
  z.strictObject({ type: z.literal("json") }),
  z.strictObject({ type: z.literal("binary") }),
  z.strictObject({ type: z.literal("other"), name: z.string().min(1) }),
]);

export type ColumnType = z.infer<typeof ColumnType>;

/** A type in words: `integer(64)`, `decimal(12, 2)`, `text`. */
export function typeWords(type: ColumnType): string {
  switch (type.type) {
    case "integer":
    case "float":
      return `${type.type}(${type.bits})`;
    case "decimal":
      return type.precision === null ? "decimal" : `decimal(${type.precision}, ${type.scale ?? 0})`;
    case "text":
      return type.length === null ? "text" : `text(${type.length})`;
    case "other":
      return type.name;
    case "boolean":
    case "date":
    case "timestamp":
    case "uuid":
    case "json":
    case "binary":
      return type.type;
    default:
      return type satisfies never;
  }
}
