import { ChainingTable } from "./chaining-table.ts";
import type { MapOptions } from "./map-options.ts";
import { maxLoad } from "./policy.ts";
import { RobinHoodTable } from "./robin-hood-table.ts";
import type { Table, TableKind, TableParts } from "./table.ts";

/** An empty table of a kind, for as many entries as its greatest load lets in. */
export function newTable(kind: TableKind, parts: TableParts, options: MapOptions): Table {
  switch (kind) {
    case "robin-hood":
      return new RobinHoodTable(parts);
    case "chaining": {
      const mostEntries = Math.floor(maxLoad(kind, options) * parts.capacity) + 1;
      return new ChainingTable({ ...parts, groups: options.groupsPerBucket, mostEntries });
    }
  }
}
