import type { PlanEntry } from "../../core/plan/plan.ts";
import { suggest } from "../../core/suggest.ts";
import { describeChanges, describeReason } from "../describe-decision.ts";
import { type Explanation, explainEntry } from "../explain-entry.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import type { Project } from "../open-project.ts";
import { prepareRun } from "../prepare-run.ts";
import { usageError } from "../report-error.ts";
import type { RunOptions } from "../run-pipeline.ts";
import { withPlanner } from "../with-workbench.ts";

/** `orchestrate explain PHASE` */
export const run: CommandModule["run"] = (invocation, [wanted = ""], given) =>
  withPlanner(invocation, given as RunOptions, async ({ project, runsDirectory, bench }) => {
    const phase = phaseOf(wanted, project);
    const selection = { phases: [phase], force: [], from: [], reuse: "allowed", concurrency: null } as const;
    const prepared = await prepareRun(project, bench, selection);
    const { entries } = prepared.plan;
    const explained = entriesOf(wanted, phase, entries).map((entry) => ({
      entry,
      why: explainEntry(prepared, runsDirectory, entry),
      upstream: upstreamOf(entries, entry).map((before) => ({
        entry: before,
        why: explainEntry(prepared, runsDirectory, before),
      })),
    }));
    if (invocation.format === "json") invocation.print(JSON.stringify(explained.map(asDocument)));
    else if (explained.length === 0) invocation.print(`${phase}: has no instances, as its list is empty.`);
    else for (const one of explained) print(invocation, one);
    return 0;
  });

interface Explained {
  readonly entry: PlanEntry;
  readonly why: Explanation | undefined;
}

type Whole = Explained & { readonly upstream: readonly Explained[] };

function phaseOf(wanted: string, { pipeline }: Project): string {
  const phase = wanted.replace(/\[.*$/, "");
  const found = pipeline.phases.get(phase);
  if (found?.enabled === true) return phase;
  if (found !== undefined)
    throw usageError(`The phase "${phase}" is not enabled.`, `Enable it: --set ${phase}.enabled=true.`);
  throw usageError(`There is no phase "${phase}".`, suggest(phase, pipeline.phases.keys()));
}

function entriesOf(wanted: string, phase: string, entries: ReadonlyMap<string, PlanEntry>): readonly PlanEntry[] {
  const ofPhase = [...entries.values()].filter((entry) => entry.phase === phase);
  const found = wanted === phase ? ofPhase : ofPhase.filter(({ id }) => id === wanted);
  if (found.length > 0 || wanted === phase) return found;
  throw usageError(
    `There is no instance "${wanted}".`,
    suggest(
      wanted,
      ofPhase.map(({ id }) => id),
    ),
  );
}

/** The entries that run, and so keep a pending entry from being known. */
function upstreamOf(entries: ReadonlyMap<string, PlanEntry>, entry: PlanEntry): readonly PlanEntry[] {
  const found = new Map<string, PlanEntry>();
  const waiting = [entry];
  while (waiting.length > 0) {
    const { decision } = waiting.pop()!;
    if (decision.type !== "pending") continue;
    for (const name of decision.upstream) {
      const phase = name.replace(/\[\*\]$/, "");
      for (const before of entries.values()) {
        if ((before.id !== name && before.phase !== phase) || found.has(before.id)) continue;
        found.set(before.id, before);
        waiting.push(before);
      }
    }
  }
  return [...found.values()].filter(({ decision }) => decision.type === "run");
}

function print(invocation: Invocation, { entry, why, upstream }: Whole): void {
  const say = (one: Explained, indent: string, lead: string) => {
    const { id, decision } = one.entry;
    invocation.print(`${lead}${id}: ${VERBS[decision.type]} ${describeReason(decision, one.why)}`);
    for (const change of describeChanges(one.why?.changes ?? [])) invocation.print(`${indent}${change}`);
  };
  say({ entry, why }, "  ", "");
  for (const before of upstream) say(before, "    ", "  because ");
  if (entry.decision.type === "pending") return;
  invocation.print("  made of");
  for (const [part, digest] of Object.entries(entry.decision.fingerprint.parts)) {
    invocation.print(`    ${part.padEnd(24)} ${digest.slice(0, 23)}`);
  }
}

const VERBS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "runs —",
  reuse: "is reused —",
  pending: "depends",
};

function asDocument({ entry: { id, decision }, why, upstream }: Whole): unknown {
  return {
    id,
    decision: decision.type,
    reason: describeReason(decision, why),
    against: why?.run ?? null,
    changes: why?.changes ?? [],
    upstream: upstream.map(({ entry }) => entry.id),
    fingerprint: decision.type === "pending" ? null : decision.fingerprint,
  };
}
