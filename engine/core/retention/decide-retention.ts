import type { KeptBecause, RunFacts } from "./run-facts.ts";

/** Which runs stay, why, and which need not; each in the order given. */
export interface Retention {
  readonly kept: ReadonlyMap<string, KeptBecause>;
  readonly dispensable: readonly string[];
}

/**
 * Decides which runs may be deleted, so that every later run and every resumed one goes as it would have gone, but for
 * what is computed anew.
 *
 * @param runs all runs of a runs directory, the newest first.
 * @param keep how many of the newest to keep of each pipeline and state.
 */
export function decideRetention(runs: readonly RunFacts[], keep: number): Retention {
  const kept = new Map<string, KeptBecause>();
  const groups = Map.groupBy(runs, ({ pipeline, state }) => JSON.stringify([pipeline, state]));
  for (const siblings of groups.values()) keepAmong(siblings, keep, kept);
  keepPinned(runs, kept);
  const inOrder = runs.flatMap(({ run }) => (kept.has(run) ? [[run, kept.get(run)!] as const] : []));
  return { kept: new Map(inOrder), dispensable: runs.flatMap(({ run }) => (kept.has(run) ? [] : [run])) };
}

function keepAmong(siblings: readonly RunFacts[], keep: number, kept: Map<string, KeptBecause>): void {
  const readable = siblings.filter(({ standing }) => standing !== "unreadable");
  const needed: Needed = {
    recent: new Set(readable.slice(0, keep)),
    newest: newestHolders(readable),
    published: publishers(readable),
  };
  for (const facts of siblings) {
    const because = reasonOf(facts, needed);
    if (because !== undefined) kept.set(facts.run, because);
  }
}

/** The runs that a later one needs, or that are asked for; with the phases for whose sake. */
interface Needed {
  readonly recent: ReadonlySet<RunFacts>;
  readonly newest: ReadonlyMap<RunFacts, readonly string[]>;
  readonly published: ReadonlyMap<RunFacts, readonly string[]>;
}

function reasonOf(facts: RunFacts, { recent, newest, published }: Needed): KeptBecause | undefined {
  if (facts.standing === "running" || facts.standing === "unreadable") return { reason: facts.standing };
  if (recent.has(facts)) return { reason: "recent" };
  if (facts.begunEffects.length > 0) return { reason: "effect-begun", phases: facts.begunEffects };
  const carried = newest.get(facts);
  if (carried !== undefined) return { reason: "newest-result", phases: carried };
  const standing = published.get(facts);
  return standing === undefined ? undefined : { reason: "published", phases: standing };
}

/** `previous` takes the newest result of any run, complete or not. */
function newestHolders(siblings: readonly RunFacts[]): ReadonlyMap<RunFacts, readonly string[]> {
  const phases = new Set(siblings.flatMap(({ carried }) => carried));
  return byHolder(phases, (phase) =>
    siblings
      .filter(({ results }) => results.has(phase))
      .reduce<RunFacts | undefined>(
        (newest, facts) =>
          newest === undefined || facts.results.get(phase)! > newest.results.get(phase)! ? facts : newest,
        undefined,
      ),
  );
}

/** What stands where a phase is published is replaced only while a run holds it: the newest that does. */
function publishers(siblings: readonly RunFacts[]): ReadonlyMap<RunFacts, readonly string[]> {
  const phases = new Set(siblings.flatMap(({ published }) => published));
  return byHolder(phases, (phase) => siblings.find(({ published }) => published.includes(phase)));
}

function byHolder(
  phases: ReadonlySet<string>,
  holderOf: (phase: string) => RunFacts | undefined,
): ReadonlyMap<RunFacts, readonly string[]> {
  const holders = new Map<RunFacts, string[]>();
  for (const phase of phases) {
    const holder = holderOf(phase);
    if (holder !== undefined) holders.set(holder, [...(holders.get(holder) ?? []), phase]);
  }
  return holders;
}

/** A run that may be resumed needs what it was pinned to, and so on. */
function keepPinned(runs: readonly RunFacts[], kept: Map<string, KeptBecause>): void {
  const byName = new Map(runs.map((facts) => [facts.run, facts]));
  const open = [...kept.keys()];
  for (const run of open) {
    const { standing, pinned } = byName.get(run)!;
    if (standing === "succeeded") continue;
    for (const needed of pinned) {
      if (kept.has(needed) || !byName.has(needed)) continue;
      kept.set(needed, { reason: "pinned", by: run });
      open.push(needed);
    }
  }
}
