import type { ParsedCriteria } from "../record/criteria.ts";

/** How a database writes what SQL does not say in one way. */
export interface Dialect {
  /** The table of records. */
  readonly table: string;
  /** The nth value of a statement, counted from 1. */
  placeholder(n: number): string;
  /**
   * The JSON text of a field of the payload; null where it is absent.
   *
   * @param names from the payload down; elements of a list have none.
   * @param value makes its argument a value of the statement, and gives its placeholder.
   */
  field(names: readonly string[], value: (each: string) => string): string;
}

type Value = string | number;

/** A statement and its values. */
export interface Question {
  readonly sql: string;
  readonly values: readonly Value[];
}

const COLUMNS = "seq, key, kind, subject, time, producer, payload";

/** The statement that finds one record more than was asked for, so that it shows whether there are more. */
export function questionOf(criteria: ParsedCriteria, dialect: Dialect): Question {
  const values: Value[] = [];
  const value = (each: Value) => dialect.placeholder(values.push(each));
  const anyOf = (each: readonly string[]) => `(${each.map(value).join(", ")})`;
  const { kinds, subject, under, startingWith, producer, where = {}, from, to, versions, limit, after } = criteria;
  const conditions: string[] = [];
  if (kinds !== undefined) conditions.push(`kind IN ${anyOf(kinds)}`);
  if (subject !== undefined) conditions.push(`subject = ${value(subject)}`);
  // "0" is the character after "/", and both databases compare bytes.
  if (under !== undefined) conditions.push(`subject > ${value(`${under}/`)} AND subject < ${value(`${under}0`)}`);
  if (startingWith !== undefined) {
    conditions.push(`subject >= ${value(startingWith)} AND subject < ${value(`${startingWith}\u{10ffff}`)}`);
  }
  if (producer !== undefined) conditions.push(`producer = ${value(producer)}`);
  if (from !== undefined) conditions.push(`time >= ${value(Date.parse(from))}`);
  if (to !== undefined) conditions.push(`time < ${value(Date.parse(to))}`);
  for (const [path, wanted] of Object.entries(where)) {
    const field = dialect.field(path.split("."), value);
    conditions.push(
      `${field} IN ${anyOf((Array.isArray(wanted) ? wanted : [wanted]).map((each) => JSON.stringify(each)))}`,
    );
  }
  if (versions === "latest") conditions.push(`NOT EXISTS (${newer(dialect)})`);
  if (after !== undefined) {
    const [time, seq] = after.split(":").map(Number);
    conditions.push(`(time, seq) < (${value(time ?? 0)}, ${value(seq ?? 0)})`);
  }
  const all = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return { sql: `SELECT ${COLUMNS} FROM ${dialect.table} r${all} ${NEWEST_FIRST} LIMIT ${value(limit + 1)}`, values };
}

const NEWEST_FIRST = "ORDER BY time DESC, seq DESC";

function newer({ table }: Dialect): string {
  return `SELECT 1 FROM ${table} n WHERE n.subject = r.subject AND n.kind = r.kind AND (n.time, n.seq) > (r.time, r.seq)`;
}

/** The newest record of a subject (value 1) and a kind (value 2). */
export function latestOfKind({ table, placeholder }: Dialect): string {
  return `SELECT ${COLUMNS} FROM ${table} WHERE subject = ${placeholder(1)} AND kind = ${placeholder(2)} ${NEWEST_FIRST} LIMIT 1`;
}

/** The newest record of a subject (value 1), of whatever kind: one look into the index for each kind that it has. */
export function latestOfAny({ table, placeholder }: Dialect): string {
  const subject = placeholder(1);
  const newest = `SELECT n.seq FROM ${table} n WHERE n.subject = ${subject} AND n.kind = k.kind ${NEWEST_FIRST} LIMIT 1`;
  return `WITH RECURSIVE k (kind) AS (
  SELECT min(kind) FROM ${table} WHERE subject = ${subject}
  UNION ALL
  SELECT (SELECT min(n.kind) FROM ${table} n WHERE n.subject = ${subject} AND n.kind > k.kind) FROM k WHERE k.kind IS NOT NULL
)
SELECT ${COLUMNS} FROM ${table} WHERE seq IN (SELECT (${newest}) FROM k WHERE k.kind IS NOT NULL) ${NEWEST_FIRST} LIMIT 1`;
}
