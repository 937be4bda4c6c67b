import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Residuals } from "../residual/residual-space.ts";

/** Points under the residual correlation, V in panels of 8, in the order of their rows. */
export interface TileLayout {
  readonly count: number;
  /** By position: the row that is reported. */
  readonly rows: Int32Array;
  /** V of each panel, column by column; zeros where it is not full. */
  readonly panels: Float64Array;
}

export function tileLayout(memory: KernelMemory, points: Residuals, rows: Int32Array): TileLayout {
  const { width, explained } = points;
  const count = rows.length;
  const panels = memory.doubles(Math.ceil(count / 8) * 8 * width);
  for (let position = 0; position < count; position++) {
    const at = (position >> 3) * 8 * width + (position & 7);
    for (let column = 0; column < width; column++) panels[at + column * 8] = explained[position * width + column]!;
  }
  const placed = memory.integers(count);
  placed.set(rows);
  return { count, rows: placed, panels };
}
