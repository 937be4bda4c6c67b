import type { Graph } from "../graph/graph.ts";
import { instanceId } from "../graph/instance.ts";

/** How a phase or an instance must end. `blocked` names all that may be named as what blocks it. */
export type End =
  | { readonly type: "committed" | "failed" }
  | { readonly type: "blocked"; readonly by: readonly string[] };

/**
 * What a run must come to, said a phase at a time over the whole graph, with no state machine: the ends of all
 * instances, and of phases that are blocked before their instances are known.
 *
 * @param list the list that the phase `list` writes; undefined where it can't be read.
 * @param succeeds whether an instance succeeds where it is run.
 */
export function expectedEnds(
  graph: Graph,
  list: readonly string[] | undefined,
  succeeds: (id: string) => boolean,
): ReadonlyMap<string, End> {
  const ends = new Map<string, End>();
  const bad = new Set<string>();
  const known = new Map<string, readonly (string | null)[]>();
  for (const [name, { phase, dependencies, keyed, whole }] of graph.phases) {
    const blockers = dependencies.filter((each) => (whole.includes(each) ? bad.has(each) : !known.has(each)));
    if (blockers.length > 0) {
      ends.set(name, { type: "blocked", by: blockers });
      bad.add(name);
      continue;
    }
    const keys = keysOf(phase.each, list);
    if (keys === undefined) {
      bad.add(name);
      continue;
    }
    known.set(name, keys);
    const types = keys.map((key) => {
      const id = instanceId(name, key);
      const by = keyed.map((each) => instanceId(each, key)).filter((each) => ends.get(each)!.type !== "committed");
      const end: End = by.length > 0 ? { type: "blocked", by } : { type: succeeds(id) ? "committed" : "failed" };
      ends.set(id, end);
      return end.type;
    });
    const succeeded = types.filter((type) => type === "committed").length;
    if (succeeded < types.length && !(phase.partial && succeeded > 0)) bad.add(name);
  }
  return ends;
}

function keysOf(
  each: { readonly over: "items"; readonly items: readonly unknown[] } | { readonly over: "artifact" } | null,
  list: readonly string[] | undefined,
): readonly (string | null)[] | undefined {
  if (each === null) return [null];
  return each.over === "items" ? each.items.map(String) : list;
}
