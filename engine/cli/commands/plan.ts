import { relative, resolve } from "node:path";
import { mermaid } from "../../core/graph/mermaid.ts";
import { countDecisions, type PlanEntry } from "../../core/plan/plan.ts";
import { describeChanges, describeReason } from "../describe-decision.ts";
import { type Explanation, explainEntry } from "../explain-entry.ts";
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
    const lines = [...prepared.plan.entries.values()].map((entry) => ({
      entry,
      why: explainEntry(prepared, runsDirectory, entry),
    }));
    if (invocation.format === "json") invocation.print(JSON.stringify(asDocument(project, prepared, lines)));
    else print(invocation, prepared, lines, out);
    return 0;
  });
};

/** An entry, and what it differs in from an earlier run. */
interface PlanLine {
  readonly entry: PlanEntry;
  readonly why: Explanation | undefined;
}

/** So many entries are shown; --json shows all. */
const SHOWN = 200;

function print(
  invocation: Invocation,
  { plan }: PreparedRun,
  lines: readonly PlanLine[],
  out: string | undefined,
): void {
  const shown = lines.slice(0, SHOWN);
  const width = Math.max(0, ...shown.map(({ entry }) => entry.id.length));
  for (const { entry, why } of shown) {
    invocation.print(
      `${WORDS[entry.decision.type]}  ${entry.id.padEnd(width)}  ${describeReason(entry.decision, why)}`,
    );
    for (const change of describeChanges(why?.changes ?? []))
      invocation.print(`         ${"".padEnd(width)}  ${change}`);
  }
  if (lines.length > SHOWN) invocation.print(`… and ${lines.length - SHOWN} more; --json shows all.`);
  const counts = countDecisions(plan);
  invocation.print(`${counts.run} to run, ${counts.reuse} to reuse, ${counts.pending} depending on others.`);
  if (out !== undefined) invocation.print(`Saved: orchestrate run ${relative(invocation.cwd, out)}`);
}

const WORDS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "run    ",
  reuse: "reuse  ",
  pending: "depends",
};

function asDocument({ pipeline }: Project, { plan }: PreparedRun, lines: readonly PlanLine[]): unknown {
  const phases = lines.map(({ entry: { id, phase, key, decision }, why }) => ({
    id,
    phase,
    key,
    decision: decision.type,
    reason: describeReason(decision, why),
    changes: why?.changes ?? [],
    against: why?.run ?? null,
    fingerprint: decision.type === "pending" ? null : decision.fingerprint.digest,
  }));
  return { pipeline: pipeline.name, counts: countDecisions(plan), phases };
}
