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
  const shares = new Map<PlanKind, number>();
  const context: TraversalContext = {
    space: open.space,
    ask,
    count: tree.rows.length,
    plan: (kind) => remembered(plans, kind, () => planOf(open, tree, kind)),
    share: (kind) => remembered(shares, kind, () => shareOf(open, context.plan(kind), tree, ask, queries, ends)),
  };
  return context;
}

function remembered<T>(known: Map<PlanKind, T>, kind: PlanKind, make: () => T): T {
  const value = known.get(kind) ?? make();
  known.set(kind, value);
  return value;
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

function shareOf(
  open: OpenSpace,
  plan: SearchPlan,
  tree: CoverTree,
  ask: Ask,
  queries: Int32Array,
  ends: Int32Array,
): number {
  const tried = Math.min(MOST_TRIED, Math.ceil(queries.length / ONE_OF));
  const places = Int32Array.from({ length: tried }, (_, index) => Math.floor(((index + 0.5) * queries.length) / tried));
  const search = openSearch(open.memory, open.kernels, plan, ask);
  const { evaluations } = answersOf(
    search,
    places.map((place) => queries[place]!),
    places.map((place) => ends[place]!),
  );
  const all = places.reduce((sum, place) => sum + Math.min(tree.rows.length, ends[place]!), 0);
  return all === 0 ? 0 : evaluations / all;
}

function unfit(kind: PlanKind, space: string): TypeError {
  return new TypeError(`The traversal "${kind}" does not serve a distance of kind "${space}".`);
}
