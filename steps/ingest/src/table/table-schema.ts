import { json, z } from "@orchestrate/sdk";
import { ColumnType } from "./column-type.ts";

export const Column = z.strictObject({ name: z.string().min(1), type: ColumnType, nullable: z.boolean() });
export type Column = z.infer<typeof Column>;

/** The columns of a table in order, and the key that its source declares (empty where it declares none). */
export const TableSchema = z.strictObject({ columns: z.array(Column).min(1), key: z.array(z.string()) });
export type TableSchema = z.infer<typeof TableSchema>;

export const schemaArtifact = json("schema.json", TableSchema, { kind: "ingest/schema" });

/** The column of that name, whatever its case; names of columns never differ by case alone. */
export function findColumn(schema: { readonly columns: readonly Column[] }, name: string): Column | undefined {
  const wanted = name.toLowerCase();
  return schema.columns.find((column) => column.name.toLowerCase() === wanted);
}
