import type { RunDocument } from "@orchestrate/manifests";
import { expectedPhases } from "./expected-phases.ts";
import { readJournal } from "./read-journal.ts";

/** How many phase instances a run has in all; null while a list that one is fanned out over has yet to be made. */
export function expectedCount(directory: string, document: RunDocument): number | null {
  const phases = expectedPhases(document);
  const isLate = phases.some(({ each }) => each?.over === "artifact");
  const expanded = new Map<string, number>();
  for (const event of isLate ? readJournal(directory) : [])
    if (event.type === "phase-expanded") expanded.set(event.phase, event.keys.length);
  let count = 0;
  for (const { name, each } of phases) {
    const instances = each === null ? 1 : each.over === "items" ? each.items.length : expanded.get(name);
    if (instances === undefined) return null;
    count += instances;
  }
  return count;
}
