import type { AnySpace } from "../space/open-space.ts";
import type { Ask } from "./collector.ts";
import type { SearchPlan, SharedPlan } from "./search-plan.ts";

/** A way to find neighbours, ready to be opened. */
export type Traversal = SearchPlan;

/** What a way to find neighbours is chosen for. */
export interface TraversalContext {
  readonly space: AnySpace;
  readonly ask: Ask;
  /** Points that may be neighbours. */
  readonly count: number;
  /** The plan of one of the ways that are built in, made once. */
  plan(kind: PlanKind): SearchPlan;
  /** Whether this way computes at most such a share of all distances, as a few of the queries show, chosen evenly. */
  staysWithin(kind: PlanKind, share: number): boolean;
}

/** The ways that are built in. */
export type PlanKind = SharedPlan["kind"];
