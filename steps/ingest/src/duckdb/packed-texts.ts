import { DuckDBBlobValue, type DuckDBDataChunk, type DuckDBValue } from "@duckdb/node-api";
import { quoteName } from "../sql/quote.ts";
import type { Row } from "../table/row.ts";
import { toValue } from "./to-value.ts";

/** How rows are read whose texts come as one value. */
export interface PackedTexts {
  /** What stands behind SELECT. */
  readonly list: string;
  rows(chunk: DuckDBDataChunk): readonly Row[];
}

/**
 * Packs all texts of a row into one value, and a text's length stands in its place. The binding has a call of its own
 * for every text, which takes longer than the text, and drops a byte order mark where one begins with it.
 */
export function packedTexts(columns: readonly { readonly name: string; readonly type: string }[]): PackedTexts {
  const isText = columns.map(({ type }) => type === "VARCHAR");
  const names = columns.map(({ name }) => quoteName(name));
  const lengths = names.map((name, at) => (isText[at] ? `CAST(strlen(${name}) AS INTEGER)` : name));
  return {
    list: `${lengths.join(", ")}, encode(concat('', ${names.filter((_, at) => isText[at]).join(", ") || "''"}))`,
    rows(chunk) {
      const values = chunk.getColumns();
      const packed = values[names.length] ?? [];
      return packed.map((texts, row) => {
        const bytes = bytesOf(texts);
        let from = 0;
        return isText.map((is, at) => {
          const value = values[at]![row]!;
          if (!is || value === null) return toValue(value);
          const begin = from;
          from += Number(value);
          return bytes.toString("utf8", begin, from);
        });
      });
    },
  };
}

function bytesOf(texts: DuckDBValue): Buffer {
  if (!(texts instanceof DuckDBBlobValue)) throw new TypeError(`Packed texts came as ${typeof texts}.`);
  const { buffer, byteOffset, byteLength } = texts.bytes;
  return Buffer.from(buffer, byteOffset, byteLength);
}
