import type { DatabaseSync } from "node:sqlite";
import { StepError } from "@orchestrate/sdk";
import { createTable } from "../sql/create-table.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";
import { addColumn, tableGrowth } from "../sql/table-growth.ts";
import { castTo, FLOAT_DIGITS, mayRound } from "../sql/typed.ts";
import type { ColumnType } from "../table/column-type.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";

/**
 * The statements that bring a table from one schema to another that has all its columns, none of them narrower. SQLite
 * can't change the type of a column: a new table takes the rows over, and then name, indexes and triggers.
 *
 * @throws StepError `target-unsuitable` where a column is widened and the old table could not be dropped without losing
 * what the new one does not have: constraints and defaults, or rows of other tables that refer to it.
 */
export function alterTable(db: DatabaseSync, name: string, before: TableSchema, after: TableSchema): readonly string[] {
  const table = quoteName(name);
  const { added, widened } = tableGrowth(before, after, "sqlite");
  if (widened.length === 0) return added.map((column) => addColumn(table, column, "sqlite"));
  const reason = boundBy(db, name);
  if (reason !== undefined) throw notWidened(name, widened[0]!.from.name, reason);
  for (const { from, to } of widened) refuseRounding(db, name, from, to);
  const coming = quoteName("ingest_rebuilt");
  const { columns } = before;
  const casts = columns.map((column) =>
    widenedValue(quoteName(column.name), column.type, findColumn(after, column.name)!.type),
  );
  return [
    // Views and triggers name the table, and are not to be followed while it is away.
    "PRAGMA legacy_alter_table = ON",
    createTable(coming, { columns: after.columns, key: before.key }, "sqlite"),
    `INSERT INTO ${coming} (${quoteNames(columns.map((column) => column.name))}) SELECT ${casts.join(", ")} FROM ${table}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${coming} RENAME TO ${table}`,
    ...attached(db, name),
  ];
}

/** What keeps a table from being made anew by its columns and key alone; undefined where nothing does. */
function boundBy(db: DatabaseSync, name: string): string | undefined {
  const made = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE").get(name);
  if (!PLAIN.test(String(made?.sql))) return "it declares more than columns, their types and a key";
  const referring = db
    .prepare(
      `SELECT m.name FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
       WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE`,
    )
    .get(name);
  return referring === undefined ? undefined : `the table "${referring.name}" refers to it`;
}

const NAME = String.raw`(?:"(?:[^"]|"")*"|\w+)`;
const TYPE = String.raw`[A-Z_]+(?: PRECISION)?(?:\(\d+(?:,\s*\d+)?\))?`;
const ITEM = String.raw`(?:${NAME} ${TYPE}|PRIMARY KEY \(${NAME}(?:, ${NAME})*\))`;

/** A table as a load makes one: names, types and a key, and nothing besides. */
const PLAIN = new RegExp(String.raw`^CREATE TABLE ${NAME}\s*\(${ITEM}(?:, ${ITEM})*\)$`, "i");

/** @throws StepError `value-unfit` for a number that has more digits than the float keeps that its column becomes. */
function refuseRounding(db: DatabaseSync, table: string, { name, type }: Column, to: Column): void {
  if (!mayRound(type, to.type)) return;
  const place = quoteName(name);
  const digits = `ltrim(replace(replace(rtrim(${place}, '0'), '.', ''), '-', ''), '0')`;
  const isRounded =
    type.type === "integer"
      ? `CAST(CAST(${place} AS REAL) AS INTEGER) <> ${place}`
      : `length(${digits}) > ${FLOAT_DIGITS}`;
  const found = db
    .prepare(`SELECT CAST(${place} AS TEXT) AS value FROM ${quoteName(table)} WHERE ${isRounded} LIMIT 1`)
    .get();
  if (found === undefined) return;
  throw new StepError({
    error: "value-unfit",
    category: "input",
    detail: `Column "${name}" of the table "${table}" is to become one of floats, and holds ${found.value}, which has more digits than a float keeps.`,
    hint: "Keep the source's type by its option types, or load it into another table.",
  });
}

function notWidened(table: string, column: string, reason: string): StepError {
  return new StepError({
    error: "target-unsuitable",
    category: "input",
    detail: `The column "${column}" of the SQLite table "${table}" is to hold more than its type does, and the table can't be made anew, since ${reason}.`,
    hint: "Widen the column by hand, or keep the source's type by its option types.",
  });
}

/** SQLite keeps values as they are but for those that become text. */
function widenedValue(place: string, from: ColumnType, to: ColumnType): string {
  const isText = to.type === "text" || to.type === "decimal" || to.type === "other";
  return isText ? castTo(place, from, { type: "text", length: null }, "sqlite") : place;
}

/** The statements that made the indexes and triggers of a table, but for those of its key. */
function attached(db: DatabaseSync, name: string): readonly string[] {
  return db
    .prepare(
      "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL",
    )
    .all(name)
    .map(({ sql }) => String(sql));
}
