import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { PointSet } from "../points/point-set.ts";
import { type Preparation, prepareRow } from "./prepare-row.ts";
import type { Report } from "./report.ts";
import type { RowName } from "./row-name.ts";
import type { Vectors } from "./vector-space.ts";

/**
 * Prepares rows.
 *
 * @throws StepError `row-zero` or `row-constant` (input).
 */
export function prepareVectors(
  memory: KernelMemory,
  { count, dimension, values }: PointSet,
  preparation: Preparation,
  report: Report,
  name: RowName,
): Vectors {
  const prepared = memory.doubles(count * dimension);
  prepared.set(values);
  for (let row = 0; preparation !== "none" && row < count; row++) {
    prepareRow(prepared.subarray(row * dimension, (row + 1) * dimension), preparation, name(row));
  }
  return { kind: "vectors", count, dimension, report, values: prepared };
}
