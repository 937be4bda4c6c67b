import { relative, resolve } from "node:path";
import { mermaid } from "../../core/graph/mermaid.ts";
import { countDecisions, type PlanEntry } from "../../core/plan/plan.ts";
import { workbench } from "../containers/workbench-container.ts";
import { describeChange, describeReason } from "../describe-decision.ts";
import { explainEntry } from "../explain-entry.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRuns } from "../locate-runs.ts";
import { openProject } from "../open-project.ts";
import { prepareRun } from "../prepare-run.ts";
import { usageError } from "../report-error.ts";
import { savePlan } from "../saved-plan.ts";
import { type RunOptions, selectionOf } from "./run.ts";

/** Beyond so many entries of a kind, the plan shows counts. */
const SHOWN = 200;

/** `orchestrate plan` */
export const run: CommandModule["run"] = async (invocation, _args, given) => {
  const options = given as RunOptions & { readonly out?: string; readonly graph?: string };
  if (options.graph !== undefined && options.graph !== "mermaid") {
    throw usageError(`--graph ${options.graph} is not a format.`, "Write --graph mermaid.");
  }
  const project = await openProject(invocation, options);
  const runsDirectory = await locateRuns(invocation, { ...options, file: project.file });
  const bench = workbench({
    runsDirectory,
    root: project.root,
    concurrency: null,
    environment: invocation.environment,
  });
  try {
    const prepared = await prepareRun(project, bench, selectionOf(options));
    if (options.graph !== undefined) {
      invocation.print(mermaid(prepared.graph, prepared.selected));
      return 0;
    }
    if (options.out !== undefined) savePlan(resolve(invocation.cwd, options.out), options, project, prepared);
    const entries = [...prepared.plan.entries.values()];
    const explained = entries.map((entry) => ({ entry, why: explainEntry(prepared, runsDirectory, entry) }));
    const counts = countDecisions(prepared.plan);
    if (invocation.format === "json") {
      invocation.print(
        JSON.stringify({
          pipeline: project.pipeline.name,
          counts,
          phases: explained.map(({ entry, why }) => ({
            id: entry.id,
            phase: entry.phase,
            key: entry.key,
            decision: entry.decision.type,
            reason: describeReason(entry.decision, why),
            changes: why?.changes ?? [],
            against: why?.run ?? null,
            fingerprint: entry.decision.type === "pending" ? null : entry.decision.fingerprint.digest,
          })),
        }),
      );
      return 0;
    }
    const width = Math.max(0, ...entries.map(({ id }) => id.length));
    for (const { entry, why } of explained.slice(0, SHOWN)) {
      invocation.print(
        `${WORDS[entry.decision.type]}  ${entry.id.padEnd(width)}  ${describeReason(entry.decision, why)}`,
      );
      for (const change of why?.changes ?? [])
        invocation.print(`         ${"".padEnd(width)}  ${describeChange(change)}`);
    }
    if (explained.length > SHOWN) invocation.print(`… and ${explained.length - SHOWN} more; --json shows all.`);
    invocation.print(`${counts.run} to run, ${counts.reuse} to reuse, ${counts.pending} depending on others.`);
    if (options.out !== undefined)
      invocation.print(`Saved: orchestrate run ${relative(invocation.cwd, resolve(invocation.cwd, options.out))}`);
    return 0;
  } finally {
    bench.close();
  }
};

const WORDS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "run    ",
  reuse: "reuse  ",
  pending: "depends",
};
