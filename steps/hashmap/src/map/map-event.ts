import type { TableKind } from "./table.ts";

/** What a map tells of itself. */
export type MapEvent =
  | { readonly type: "switch"; readonly from: TableKind; readonly to: TableKind; readonly reason: string }
  | { readonly type: "resize"; readonly backend: TableKind; readonly reason: string; readonly capacity: number }
  | { readonly type: "compaction"; readonly backend: TableKind; readonly source: "proactive" | "requested" };
