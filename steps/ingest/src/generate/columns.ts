import { z } from "@orchestrate/sdk";
import type { Column } from "../table/table-schema.ts";

/** A change of the schema, from a day on. */
export const SchemaChange = z.strictObject({
  day: z.number().int().min(2),
  /** Adds `loyalty`, drops `phone`, or makes `postcode` a text. */
  change: z.enum(["add-column", "drop-column", "change-type"]),
});

export type SchemaChange = z.infer<typeof SchemaChange>;

/** The first day of each change that has happened by a day. */
export function changesBy(day: number, changes: readonly SchemaChange[]): ReadonlyMap<SchemaChange["change"], number> {
  const happened = changes.filter((each) => each.day <= day).toSorted((a, b) => b.day - a.day);
  return new Map(happened.map((each) => [each.change, each.day]));
}

/** The columns of the synthetic table after changes of its schema. */
export function columnsAfter(happened: ReadonlyMap<SchemaChange["change"], number>): readonly Column[] {
  const text = { type: "text", length: null } as const;
  const all: readonly (Column | undefined)[] = [
    { name: "id", type: { type: "integer", bits: 64 }, nullable: false },
    { name: "name", type: text, nullable: false },
    { name: "country", type: text, nullable: true },
    { name: "postcode", type: happened.has("change-type") ? text : { type: "integer", bits: 32 }, nullable: false },
    happened.has("drop-column") ? undefined : { name: "phone", type: text, nullable: true },
    { name: "credit", type: { type: "decimal", precision: 12, scale: 2 }, nullable: false },
    { name: "rating", type: { type: "float", bits: 64 }, nullable: false },
    { name: "active", type: { type: "boolean" }, nullable: false },
    { name: "born", type: { type: "date" }, nullable: false },
    { name: "updated_at", type: { type: "timestamp" }, nullable: false },
    happened.has("add-column") ? { name: "loyalty", type: { type: "integer", bits: 16 }, nullable: true } : undefined,
  ];
  return all.filter((column) => column !== undefined);
}
