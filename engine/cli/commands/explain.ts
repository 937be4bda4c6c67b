import type { Plan, PlanEntry } from "../../core/plan/plan.ts";
import { suggest } from "../../core/suggest.ts";
import { describeChanges, describeReason } from "../describe-decision.ts";
import { EarlierRuns } from "../earlier-runs.ts";
import { fewEntries } from "../few-entries.ts";
import type { CommandModule } from "../invocation.ts";
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
    const { plan } = prepared;
    const look: Look = { earlier: new EarlierRuns(prepared, runsDirectory), upstream: upstreamIn(plan) };
    const found = entriesOf(wanted, phase, plan.entries);
    if (invocation.format === "json") invocation.print(JSON.stringify(found.map((entry) => asDocument(entry, look))));
    else if (found.length === 0) invocation.print(`${phase}: has no instances, as its list is empty.`);
    else for (const line of few(found, (entry) => linesOf(entry, look), "")) invocation.print(line);
    return 0;
  });

/** What is looked up of an entry. */
interface Look {
  readonly earlier: EarlierRuns;
  upstream(entry: PlanEntry): readonly PlanEntry[];
}

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

/** Gives the entries that run, and so keep a pending entry from being known. */
function upstreamIn({ entries }: Plan): Look["upstream"] {
  const byPhase = Map.groupBy(entries.values(), ({ phase }) => phase);
  const named = (name: string) =>
    byPhase.get(name.replace(/\[\*\]$/, "")) ?? [entries.get(name)].flatMap((entry) => entry ?? []);
  return (entry) => {
    const found = new Set<PlanEntry>();
    const waiting = [entry];
    for (const { decision } of waiting) {
      const before = decision.type === "pending" ? decision.upstream.flatMap(named) : [];
      for (const one of before) {
        if (!found.has(one)) waiting.push(one);
        found.add(one);
      }
    }
    return [...found].filter(({ decision }) => decision.type === "run");
  };
}

/** Of a large fan-out the first few that are decided on alike. */
function* few(
  entries: readonly PlanEntry[],
  tell: (entry: PlanEntry) => Iterable<string>,
  lead: string,
): Iterable<string> {
  for (const { phase, told, more } of fewEntries(entries)) {
    for (const entry of told) yield* tell(entry);
    if (more > 0) yield `${lead}${phase}: … and ${more} more; --json shows all.`;
  }
}

function* linesOf(entry: PlanEntry, { earlier, upstream }: Look): Iterable<string> {
  yield* said(entry, earlier, { lead: "", indent: "  " });
  const because = "  because ";
  yield* few(upstream(entry), (before) => said(before, earlier, { lead: because, indent: "    " }), because);
  if (entry.decision.type === "pending") return;
  yield "  made of";
  for (const [part, digest] of Object.entries(entry.decision.fingerprint.parts))
    yield `    ${part.padEnd(24)} ${digest.slice(0, 23)}`;
}

function* said(
  entry: PlanEntry,
  earlier: EarlierRuns,
  { lead, indent }: { readonly lead: string; readonly indent: string },
): Iterable<string> {
  const why = earlier.explain(entry);
  yield `${lead}${entry.id}: ${VERBS[entry.decision.type]} ${describeReason(entry.decision, why)}`;
  for (const change of describeChanges(why?.changes ?? [])) yield `${indent}${change}`;
}

const VERBS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "runs —",
  reuse: "is reused —",
  pending: "depends",
};

function asDocument(entry: PlanEntry, { earlier, upstream }: Look): unknown {
  const { id, decision } = entry;
  const why = earlier.explain(entry);
  return {
    id,
    decision: decision.type,
    reason: describeReason(decision, why),
    against: why?.run ?? null,
    changes: why?.changes ?? [],
    upstream: upstream(entry).map((before) => before.id),
    fingerprint: decision.type === "pending" ? null : decision.fingerprint,
  };
}
