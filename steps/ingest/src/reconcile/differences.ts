import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { CheckConfig } from "./check-config.ts";
import { type Checksum, columnsOf, sumsList, toChecksum } from "./checksum.ts";
import { compareRows } from "./compare-rows.ts";
import { type Comparison, MOST_EXAMPLES, type Outcome, onBoth } from "./comparison.ts";
import { bucketOf, hashedRows, inParts } from "./encoding-sql.ts";
import { isWithin, judged, measure } from "./judge.ts";

type Check = Extract<CheckConfig, { type: "differences" }>;

/** Two hex digits of the hash of a key: 256 parts at a time, which every engine forms alike whatever its collation. */
const DIGITS = 2;
const MOST_DIGITS = 8;

/** A part of all rows: those the hash of whose key begins so. */
interface Part {
  readonly prefix: string;
  /** On the side that has more. */
  readonly rows: number;
}

/**
 * Finds the rows that differ. Where the checksums of a part differ it is parted again, by the next digits of its keys'
 * hashes, until few rows are left, which are compared one by one.
 */
export async function differences(comparison: Comparison, check: Check): Promise<Outcome> {
  if (comparison.key.length === 0) {
    return { status: "skipped", detail: "There is no key: neither config nor source names one." };
  }
  const columns = columnsOf(comparison, check.columns);
  const { leaves, total } = await leavesThatDiffer(comparison, columns, check.leaf);
  const found = await compareRows(comparison, columns, leaves, check);
  const { difference, percent } = measure(total, total - found.length);
  return {
    source: total,
    target: total - found.length,
    difference,
    percent,
    status: judged(isWithin({ difference, percent }, check.threshold), check.severity),
    detail: `${found.length < check.most ? "" : "At least "}${found.length} rows differ.`,
    examples: found.slice(0, MOST_EXAMPLES).map(({ kind, key }) => ({ ...key, kind })),
    rows: found,
  };
}

async function leavesThatDiffer(
  comparison: Comparison,
  columns: readonly Column[],
  leaf: number,
): Promise<{ readonly leaves: readonly string[]; readonly total: number }> {
  const leaves: string[] = [];
  let { parts, total } = await partsThatDiffer(comparison, columns, [], 0);
  for (let digits = DIGITS; parts.length > 0; digits += DIGITS) {
    const isLeaf = ({ rows }: Part) => rows <= leaf || digits > MOST_DIGITS;
    leaves.push(...parts.filter(isLeaf).map(({ prefix }) => prefix));
    const large = parts.filter((part) => !isLeaf(part)).map(({ prefix }) => prefix);
    parts = large.length === 0 ? [] : (await partsThatDiffer(comparison, columns, large, digits)).parts;
  }
  return { leaves, total };
}

/** The parts below `prefixes`, told apart by so many digits, whose checksums differ, and the source's rows in all. */
async function partsThatDiffer(
  comparison: Comparison,
  columns: readonly Column[],
  prefixes: readonly string[],
  digits: number,
): Promise<{ readonly parts: readonly Part[]; readonly total: number }> {
  const [sources, targets] = await onBoth(comparison, ({ from, dialect }, where) => {
    const rows = `${from} ${where} AND ${inParts(comparison.key, prefixes, dialect)}`;
    const bucket = `${bucketOf(comparison.key, digits, dialect)} AS _ingest_part,`;
    const hashed = hashedRows(columns, rows, dialect, bucket);
    return `SELECT _ingest_part, CAST(count(*) AS BIGINT), ${sumsList(dialect)} FROM ${hashed} GROUP BY 1`;
  });
  const [source, target] = [byPrefix(sources), byPrefix(targets)];
  const parts = [...new Set([...source.keys(), ...target.keys()])].toSorted().flatMap((prefix) => {
    const [a, b] = [source.get(prefix), target.get(prefix)];
    if (a?.sum === b?.sum && a?.rows === b?.rows) return [];
    return [{ prefix, rows: Math.max(a?.rows ?? 0, b?.rows ?? 0) }];
  });
  return { parts, total: [...source.values()].reduce((sum, { rows }) => sum + rows, 0) };
}

function byPrefix(rows: readonly Row[]): ReadonlyMap<string, Checksum> {
  return new Map(rows.map(([prefix, ...rest]) => [String(prefix), toChecksum(rest)]));
}
