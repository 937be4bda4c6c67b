import { type Column, findColumn } from "../table/table-schema.ts";
import type { CheckConfig } from "./check-config.ts";
import { type Comparison, type Outcome, onBoth } from "./comparison.ts";
import { type HashingDialect, hashedRows, hashSums } from "./encoding-sql.ts";
import { judged, measure } from "./judge.ts";

/** The number of rows, and the sum of their hashes modulo 2^128. */
export interface Checksum {
  readonly rows: number;
  readonly sum: bigint;
}

/** Compares the checksums of all rows. There is no almost equal: thresholds do not apply. */
export async function checksum(
  comparison: Comparison,
  check: Extract<CheckConfig, { type: "checksum" }>,
): Promise<Outcome> {
  const columns = columnsOf(comparison, check.columns);
  const [sources, targets] = await onBoth(comparison, ({ from, dialect }, where) => {
    return `SELECT CAST(count(*) AS BIGINT), ${sumsList(dialect)} FROM ${hashedRows(columns, `${from} ${where}`, dialect)}`;
  });
  const [source, target] = [toChecksum(sources[0]!), toChecksum(targets[0]!)];
  const isEqual = source.rows === target.rows && source.sum === target.sum;
  return {
    ...measure(source.rows, target.rows),
    status: judged(isEqual, check.severity),
    detail: `${checksumText(source)} and ${checksumText(target)} over ${columns.map(({ name }) => name).join(", ")}.`,
  };
}

export function columnsOf({ columns }: Comparison, names: readonly string[] | undefined): readonly Column[] {
  return names === undefined ? columns : names.map((name) => findColumn({ columns }, name)!);
}

/** The sums of hashes as text, for a select list. */
export function sumsList(dialect: HashingDialect): string {
  return hashSums(dialect)
    .map((sum) => `CAST(coalesce(${sum}, 0) AS VARCHAR)`)
    .join(", ");
}

/** A checksum out of a count and the four sums of 32 bits. */
export function toChecksum([rows, ...limbs]: readonly unknown[]): Checksum {
  const sum = limbs.reduce<bigint>((whole, limb, at) => whole + (BigInt(String(limb)) << BigInt(32 * at)), 0n);
  return { rows: Number(rows), sum: BigInt.asUintN(128, sum) };
}

function checksumText({ rows, sum }: Checksum): string {
  return `${rows}:${sum.toString(16).padStart(32, "0")}`;
}
