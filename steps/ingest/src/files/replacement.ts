import type { Change } from "../endpoint/writer.ts";
import { amongRows } from "../sql/among-rows.ts";
import { HISTORY } from "../sql/history.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";
import { MATCHED, VERSIONS } from "./working-tables.ts";

/** A change of a table as DuckDB writes it: rows that leave it, and rows that come in. */
export interface Replacement {
  /** Whether a row of the table as it is, under the alias `t`, leaves it; undefined where none does. */
  readonly removed: string | undefined;
  /** What can stand behind FROM, and holds the rows that come in. */
  readonly added: string;
  /** The order in which a file holds its rows; undefined where they keep that in which they come. */
  readonly order: string | undefined;
}

/**
 * What a change replaces.
 *
 * @param old what stands behind FROM for the table as it is; undefined where there is none.
 */
export function replacement({ strategy, rows, key }: Change, old: string | undefined): Replacement {
  const table = quoteName(rows);
  const added = `(SELECT * FROM ${table} AS r WHERE NOT r._ingest_deleted)`;
  switch (strategy) {
    case "full":
      return { removed: old === undefined ? undefined : "TRUE", added, order: undefined };
    case "append": {
      const known = old === undefined || key.length === 0 ? "FALSE" : amongRows(MATCHED, key, "n");
      return { removed: undefined, added: `(SELECT * FROM ${added} AS n WHERE NOT ${known})`, order: "_ingest_order" };
    }
    case "scd1":
      return { removed: old && amongRows(table, key, "t"), added, order: quoteNames(key) };
    case "scd2":
      return {
        removed: old && `(t.${HISTORY.current} AND ${amongRows(VERSIONS, key, "t")})`,
        added: VERSIONS,
        order: `${quoteNames(key)}, ${HISTORY.from}, ${HISTORY.current}`,
      };
    default:
      return strategy satisfies never;
  }
}
