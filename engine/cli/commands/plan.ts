import { relative, resolve } from "node:path";
import { mermaid } from "../../core/graph/mermaid.ts";
import { countDecisions, type Plan, type PlanEntry } from "../../core/plan/plan.ts";
import { describeChanges, describeReason } from "../describe-decision.ts";
import { EarlierRuns } from "../earlier-runs.ts";
import { fewEntries } from "../few-entries.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import type { Project } from "../open-project.ts";
import { type PreparedRun, prepareRun } from "../prepare-run.ts";
import { usageError } from "../report-error.ts";
import { type RunOptions, selectionOf } from "../run-pipeline.ts";
import { savePlan } from "../saved-plan.ts";
import { withPlanner } from "../with-workbench.ts";

/** `orchestrate plan` */
export const run: CommandModule["run"] = (invocation, _args, given) => {
  const options = given as RunOptions & { readonly out?: string; readonly graph?: string };
  if (options.graph !== undefined && options.graph !== "mermaid") {
    throw usageError(`--graph ${options.graph} is not a format.`, "Write --graph mermaid.");
  }
  return withPlanner(invocation, options, async ({ project, runsDirectory, bench }) => {
    const prepared = await prepareRun(project, bench, selectionOf(options));
    if (options.graph !== undefined) {
      const text = mermaid(prepared.graph, prepared.selected);
      invocation.print(invocation.format === "json" ? JSON.stringify({ graph: options.graph, text }) : text);
      return 0;
    }
    const out = options.out === undefined ? undefined : resolve(invocation.cwd, options.out);
    if (out !== undefined) savePlan(out, options, project, prepared);
    const earlier = new EarlierRuns(prepared, runsDirectory);
    if (invocation.format === "json") invocation.print(JSON.stringify(asDocument(project, prepared, earlier)));
    else print(invocation, prepared, earlier, out);
    return 0;
  });
};

/** So many lines are shown, besides what an entry differs in. */
const SHOWN = 200;

function print(invocation: Invocation, { plan }: PreparedRun, earlier: EarlierRuns, out: string | undefined): void {
  const lines = linesOf(plan);
  const shown = lines.slice(0, SHOWN);
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  for (const { name, entry, more } of shown) {
    const why = more === 0 ? earlier.explain(entry) : undefined;
    const told = more === 0 ? describeReason(entry.decision, why) : `… and ${more} more`;
    invocation.print(`${WORDS[entry.decision.type]}  ${name.padEnd(width)}  ${told}`);
    for (const change of describeChanges(why?.changes ?? []))
      invocation.print(`         ${"".padEnd(width)}  ${change}`);
  }
  const left = lines.slice(SHOWN).reduce((sum, { more }) => sum + Math.max(1, more), 0);
  if (left > 0) invocation.print(`… and ${left} more; --json shows all.`);
  const counts = countDecisions(plan);
  invocation.print(`${counts.run} to run, ${counts.reuse} to reuse, ${counts.pending} depending on others.`);
  if (out !== undefined) invocation.print(`Saved: orchestrate run ${relative(invocation.cwd, out)}`);
}

/** A line of a plan: an entry, or how many more there are that are decided on as it is. */
interface PlanLine {
  readonly name: string;
  readonly entry: PlanEntry;
  readonly more: number;
}

function linesOf({ entries }: Plan): readonly PlanLine[] {
  return fewEntries(entries.values()).flatMap(({ phase, told, more }) => [
    ...told.map((entry) => ({ name: entry.id, entry, more: 0 })),
    ...(more === 0 ? [] : [{ name: phase, entry: told[0]!, more }]),
  ]);
}

const WORDS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "run    ",
  reuse: "reuse  ",
  pending: "depends",
};

function asDocument({ pipeline }: Project, { plan }: PreparedRun, earlier: EarlierRuns): unknown {
  const phases = [...plan.entries.values()].map((entry) => {
    const { id, phase, key, decision } = entry;
    const why = earlier.explain(entry);
    return {
      id,
      phase,
      key,
      decision: decision.type,
      reason: describeReason(decision, why),
      changes: why?.changes ?? [],
      against: why?.run ?? null,
      fingerprint: decision.type === "pending" ? null : decision.fingerprint.digest,
    };
  });
  return { pipeline: pipeline.name, counts: countDecisions(plan), phases };
}
