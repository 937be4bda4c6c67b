import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { TableSchema } from "../table/table-schema.ts";

/** The name of the document that says what the files of a table directory do not: key, nullability, types. */
const TABLE_DOCUMENT = "_table.json";

/** The schema that a table directory was written with; undefined where it is none. */
export function readTableDocument(directory: string): TableSchema | undefined {
  const path = join(directory, TABLE_DOCUMENT);
  const text = textOf(path);
  if (text === undefined) return undefined;
  const parsed = TableSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new StepError({
    error: "table-unreadable",
    category: "input",
    detail: `${path} does not describe a table.`,
    hint: "Wire the table of an earlier load, whole as it was committed.",
  });
}

export function writeTableDocument(directory: string, schema: TableSchema): void {
  writeFileSync(join(directory, TABLE_DOCUMENT), `${JSON.stringify(schema)}\n`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
