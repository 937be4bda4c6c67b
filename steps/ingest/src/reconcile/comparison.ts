import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { CheckStatus, RowDifference } from "./check-result.ts";
import type { Side } from "./side.ts";

/** Two sides, and what they are compared in. */
export interface Comparison {
  readonly source: Side;
  readonly target: Side;
  /** The columns that both have, with types that hold what either holds. */
  readonly columns: readonly Column[];
  /** Names of columns that stand on one side alone, and are compared with nothing. */
  readonly alone: { readonly source: readonly string[]; readonly target: readonly string[] };
  readonly key: readonly Column[];
  /** A condition in SQL. */
  readonly filter: string | undefined;
}

/** What a check found; the rest of its result follows from it. */
export interface Outcome {
  readonly status: CheckStatus;
  readonly detail: string;
  readonly source?: number;
  readonly target?: number;
  readonly difference?: number;
  readonly percent?: number | null;
  readonly examples?: readonly Readonly<Record<string, string | null>>[];
  readonly rows?: readonly RowDifference[];
}

/** The most examples of a result. */
export const MOST_EXAMPLES = 20;

/** Runs one query on both sides. `where` is the check's filter, to which a query may add its own with AND. */
export async function onBoth(
  { source, target, filter }: Comparison,
  query: (side: Side, where: string) => string,
): Promise<readonly [readonly Row[], readonly Row[]]> {
  const where = `WHERE (${filter ?? "TRUE"})`;
  const first = await source.query(query(source, where));
  return [first, await target.query(query(target, where))];
}
