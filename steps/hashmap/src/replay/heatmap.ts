import type { z } from "@orchestrate/sdk";
import type { Table } from "../map/table.ts";
import type { Heatmap } from "./tick.ts";

const MOST_COLUMNS = 32;

/** The heat cells of a table as a matrix, row by row. */
export function heatmap({ heat, capacity, size }: Table): z.infer<typeof Heatmap> {
  const cols = Math.min(heat.length, MOST_COLUMNS);
  const rows = heat.length / cols;
  return {
    rows,
    cols,
    matrix: Array.from({ length: rows }, (_, row) => [...heat.subarray(row * cols, (row + 1) * cols)]),
    max: Math.max(...heat),
    total: size,
    slot_span: capacity / heat.length,
    original_slots: capacity,
  };
}
