import type { PlanEntry } from "../core/plan/plan.ts";
import { type Few, fewOfMany } from "./few-of-many.ts";

/** What people are told of a plan's entries: of a large fan-out the first few that are decided on alike. */
export function fewEntries(entries: Iterable<PlanEntry>): readonly Few<PlanEntry>[] {
  return fewOfMany(entries, { phaseOf: ({ phase }) => phase, kindOf: ({ decision }) => decision.type });
}
