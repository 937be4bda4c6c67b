import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { RowDifference } from "./check-result.ts";
import { comparableText } from "./comparable-text.ts";
import { type Comparison, onBoth } from "./comparison.ts";
import { inParts } from "./encoding-sql.ts";

/** How many parts are brought here at once. */
const AT_ONCE = 16;

type Text = string | null;

/** The rows of either side with one key. Where the key is unique there is at most one of each. */
interface SameKey {
  readonly key: readonly Text[];
  readonly source: (readonly Text[])[];
  readonly target: (readonly Text[])[];
}

/**
 * Compares the rows of parts one by one, and gives those that differ, in the order of parts and keys; at most so many.
 *
 * @param prefixes the parts, by the first digits of the hashes of their keys.
 */
export async function compareRows(
  comparison: Comparison,
  columns: readonly Column[],
  prefixes: readonly string[],
  { most }: { readonly most: number },
): Promise<readonly RowDifference[]> {
  const found: RowDifference[] = [];
  const byLength = prefixes.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  for (let from = 0; from < byLength.length && found.length < most; ) {
    const length = byLength[from]!.length;
    const some = byLength.slice(from, from + AT_ONCE).filter((prefix) => prefix.length === length);
    from += some.length;
    for (const same of await rowsByKey(comparison, columns, some))
      found.push(...differencesOf(same, comparison.key, columns));
  }
  return found.slice(0, most);
}

async function rowsByKey(
  comparison: Comparison,
  columns: readonly Column[],
  prefixes: readonly string[],
): Promise<readonly SameKey[]> {
  const { key } = comparison;
  const [sources, targets] = await onBoth(comparison, ({ from, dialect }, where) => {
    const list = [...key, ...columns].map((column) => comparableText(column, dialect)).join(", ");
    return `SELECT ${list} FROM ${from} ${where} AND ${inParts(key, prefixes, dialect)}`;
  });
  const groups = new Map<string, SameKey>();
  const add = (row: Row, side: "source" | "target") => {
    const texts = row.map((value) => (value === null ? null : String(value)));
    const values = texts.slice(0, key.length);
    const id = JSON.stringify(values);
    const group = groups.get(id) ?? { key: values, source: [], target: [] };
    group[side].push(texts.slice(key.length));
    groups.set(id, group);
  };
  for (const row of sources) add(row, "source");
  for (const row of targets) add(row, "target");
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Equal rows go; what is left is paired. */
function differencesOf(
  { key, source, target }: SameKey,
  keys: readonly Column[],
  columns: readonly Column[],
): readonly RowDifference[] {
  const left = [...target];
  const lacking = source.filter((row) => {
    const at = left.findIndex((other) => JSON.stringify(other) === JSON.stringify(row));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const named = (values: readonly Text[] | undefined, names: readonly Column[]) =>
    values === undefined ? null : Object.fromEntries(names.map(({ name }, at) => [name, values[at] ?? null]));
  return Array.from({ length: Math.max(lacking.length, left.length) }, (_, at) => ({
    kind: lacking[at] === undefined ? "unexpected" : left[at] === undefined ? "missing" : "changed",
    key: named(key, keys)!,
    source: named(lacking[at], columns),
    target: named(left[at], columns),
  }));
}
