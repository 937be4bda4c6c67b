import type { z } from "@orchestrate/sdk";
import type { Heatmap } from "./tick.ts";

const MOST_COLUMNS = 32;

/** The heat cells of a table as a matrix, row by row. */
export function heatmap(cells: Int32Array, capacity: number): z.infer<typeof Heatmap> {
  const cols = Math.min(cells.length, MOST_COLUMNS);
  const rows = cells.length / cols;
  return {
    rows,
    cols,
    matrix: Array.from({ length: rows }, (_, row) => [...cells.subarray(row * cols, (row + 1) * cols)]),
    max: cells.reduce((most, cell) => Math.max(most, cell), 0),
    total: cells.reduce((sum, cell) => sum + cell, 0),
    slot_span: capacity / cells.length,
    original_slots: capacity,
  };
}
