import { ChainingTable } from "./chaining-table.ts";
import type { MapMemory } from "./map-memory.ts";
import { RobinHoodTable } from "./robin-hood-table.ts";
import { TABLE_KINDS, type Table } from "./table.ts";

/** The table that lies at a place. */
export function viewTable(memory: MapMemory, at: number): Table {
  switch (TABLE_KINDS[memory.code.kindOf(at)]!) {
    case "chaining":
      return new ChainingTable(memory, at);
    case "robin-hood":
      return new RobinHoodTable(memory, at);
  }
}
