import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { BlockLayout } from "../layout/block-layout.ts";
import type { FilterLayout } from "../layout/filter-layout.ts";
import type { TileLayout } from "../layout/tile-layout.ts";
import type { Residuals } from "../residual/residual-space.ts";
import { type SharedPoints, sharedSpace } from "../space/shared-space.ts";
import type { Vectors } from "../space/vector-space.ts";
import type { CoverTree } from "../tree/cover-tree.ts";
import { unreachable } from "../unreachable.ts";
import { BlockSearch } from "./block-search.ts";
import type { Ask } from "./collector.ts";
import { FilteredScan } from "./filtered-scan.ts";
import { PlainScan } from "./plain-scan.ts";
import type { Search } from "./search.ts";
import { TiledScan } from "./tiled-scan.ts";
import { TreeSearch } from "./tree-search.ts";

/** A way to search with all that it needs, as plain data that any thread can open. */
export type SharedPlan =
  | { readonly kind: "blocks"; readonly points: Vectors; readonly layout: BlockLayout }
  | { readonly kind: "filtered-scan"; readonly points: Vectors; readonly layout: FilterLayout }
  | { readonly kind: "tiled-scan"; readonly points: Residuals; readonly layout: TileLayout }
  | { readonly kind: "tree"; readonly points: SharedPoints; readonly tree: CoverTree }
  | { readonly kind: "scan"; readonly points: SharedPoints; readonly rows: Int32Array };

/** A way to search. `own` is one that lives in this thread, as with a distance that somebody else has written. */
export type SearchPlan = SharedPlan | { readonly kind: "own"; readonly open: (ask: Ask) => Search };

/** @param memory what the search needs for itself is taken from it. */
export function openSearch(memory: KernelMemory, kernels: Kernels, plan: SearchPlan, ask: Ask): Search {
  switch (plan.kind) {
    case "blocks":
      return new BlockSearch(memory, kernels, plan.layout, plan.points, ask);
    case "filtered-scan":
      return new FilteredScan(memory, kernels, plan.layout, plan.points.report, ask);
    case "tiled-scan":
      return new TiledScan(memory, kernels, plan.layout, plan.points, ask);
    case "tree":
      return new TreeSearch(sharedSpace(memory, kernels, plan.points), plan.tree, ask);
    case "scan":
      return new PlainScan(sharedSpace(memory, kernels, plan.points), plan.rows, ask);
    case "own":
      return plan.open(ask);
    default:
      return unreachable(plan);
  }
}
