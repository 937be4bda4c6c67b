import type { Metadata } from "../images/metadata.ts";
import { binaryMetrics } from "../metrics/binary-metrics.ts";
import { quantile } from "../metrics/bootstrap.ts";
import { confusion } from "../metrics/confusion.ts";
import type { Decision } from "../policy/decide.ts";
import type { Slice } from "./evaluation.ts";

/** A column of more numbers than this is parted at their quartiles. */
const mostNumbers = 12;
/** Of a column with more values than this, only the most frequent ones are looked at. */
const mostValues = 48;

/** The metrics of decisions for each value of each column; pictures without a value are left out of that column. */
export function slices(
  metadata: readonly Metadata[],
  decisions: readonly Decision[],
  labels: ArrayLike<number>,
): Slice[] {
  const columns = [...new Set(metadata.flatMap((each) => Object.keys(each)))].sort();
  return columns.flatMap((column) => {
    const values = metadata.map((each) => (Object.hasOwn(each, column) ? each[column] : undefined));
    return [...grouped(values)].map(([value, rows]) => {
      const decided = rows.filter((row) => decisions[row]!.call !== null);
      const counts = confusion(
        decided.map((row) => labels[row]!),
        decided.map((row) => decisions[row]!.call!),
      );
      const { mcc, accuracy, fnr, fpr } = binaryMetrics(counts);
      return { column, value, count: rows.length, decided: decided.length, mcc, accuracy, fnr, fpr };
    });
  });
}

function grouped(values: readonly (Metadata[string] | undefined)[]): Map<string, number[]> {
  const numbers = Float64Array.from(values.filter((value) => typeof value === "number")).sort();
  const nameOf = isSpread(values, numbers) ? quartileOf(numbers) : String;
  const groups = new Map<string, number[]>();
  for (const [row, value] of values.entries()) {
    if (value === undefined) continue;
    const name = nameOf(value);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(row);
  }
  const most = [...groups].sort(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1));
  return new Map(most.slice(0, mostValues).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSpread(values: readonly unknown[], numbers: Float64Array): boolean {
  return numbers.length === values.filter((value) => value !== undefined).length && new Set(numbers).size > mostNumbers;
}

function quartileOf(sorted: Float64Array): (value: unknown) => string {
  const borders = [0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share));
  return (value) => {
    const quarter = Math.min(3, borders.slice(1, 4).filter((border) => Number(value) > border).length);
    return `${quarter + 1} of 4: ${borders[quarter]} to ${borders[quarter + 1]}`;
  };
}
