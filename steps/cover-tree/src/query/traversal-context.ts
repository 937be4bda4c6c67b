import { blockLayout } from "../layout/block-layout.ts";
import { filterLayout } from "../layout/filter-layout.ts";
import { halvedOrder } from "../layout/halved-order.ts";
import { tileLayout } from "../layout/tile-layout.ts";
import type { OpenSpace } from "../space/open-space.ts";
import type { CoverTree } from "../tree/cover-tree.ts";
import { unreachable } from "../unreachable.ts";
import { answersOf } from "./answers.ts";
import type { Ask } from "./collector.ts";
import { PlainScan } from "./plain-scan.ts";
import type { Search } from "./search.ts";
import { openSearch, type SearchPlan } from "./search-plan.ts";
import type { PlanKind, TraversalContext } from "./traversal.ts";
import { TreeSearch } from "./tree-search.ts";

/** Queries that are tried to see which share of the distances a way computes: one of 32, at least 1 and at most 16. */
const ONE_OF = 32;
const MOST_TRIED = 16;

/** Puts together what the choice of a traversal may look at; layouts are made when one is first asked for. */
export function traversalContext(
  open: OpenSpace,
  tree: CoverTree,
  ask: Ask,
  queries: Int32Array,
  ends: Int32Array,
): TraversalContext {
  const plans = new Map<PlanKind, SearchPlan>();
  const context: TraversalContext = {
    space: open.space,
    ask,
    count: tree.rows.length,
    plan(kind) {
      const plan = plans.get(kind) ?? planOf(open, tree, kind);
      plans.set(kind, plan);
      return plan;
    },
    staysWithin(kind, share) {
      const search = openSearch(open.memory, open.kernels, context.plan(kind), ask);
      return staysWithin(search, tree.rows.length, queries, ends, share);
    },
  };
  return context;
}

function planOf({ memory, space }: OpenSpace, tree: CoverTree, kind: PlanKind): SearchPlan {
  const { rows } = tree;
  switch (kind) {
    case "blocks": {
      if (space.kind !== "vectors") throw unfit(kind, space.kind);
      const order = halvedOrder(space.points, Int32Array.from(rows.keys()));
      return { kind, points: space.points, layout: blockLayout(memory, space.points, rows, order) };
    }
    case "filtered-scan":
      if (space.kind !== "vectors") throw unfit(kind, space.kind);
      return { kind, points: space.points, layout: filterLayout(memory, space.points, rows) };
    case "tiled-scan":
      if (space.kind !== "residual") throw unfit(kind, space.kind);
      return { kind, points: space.points, layout: tileLayout(memory, space.points, rows) };
    case "tree":
      if (space.kind === "function") return { kind: "own", open: (ask) => new TreeSearch(space, tree, ask) };
      return { kind, points: space.points, tree };
    case "scan":
      if (space.kind === "function") return { kind: "own", open: (ask) => new PlainScan(space, rows, ask) };
      return { kind, points: space.points, rows };
    default:
      return unreachable(kind);
  }
}

/** Has a few queries answered, and ends as soon as they have computed more than the share allows them all. */
function staysWithin(search: Search, count: number, queries: Int32Array, ends: Int32Array, share: number): boolean {
  const tried = Math.min(MOST_TRIED, Math.ceil(queries.length / ONE_OF));
  const places = Array.from({ length: tried }, (_, index) => Math.floor(((index + 0.5) * queries.length) / tried));
  let left = share * places.reduce((sum, place) => sum + Math.min(count, ends[place]!), 0);
  for (const place of places) {
    left -= answersOf(search, queries.subarray(place, place + 1), ends.subarray(place, place + 1)).evaluations;
    if (left < 0) return false;
  }
  return true;
}

function unfit(kind: PlanKind, space: string): TypeError {
  return new TypeError(`The traversal "${kind}" does not serve a distance of kind "${space}".`);
}
