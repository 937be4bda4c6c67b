import type { PlanEntry } from "../../core/plan/plan.ts";
import { suggest } from "../../core/suggest.ts";
import { workbench } from "../containers/workbench-container.ts";
import { describeChange, describeReason } from "../describe-decision.ts";
import { explainEntry } from "../explain-entry.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRuns } from "../locate-runs.ts";
import { openProject } from "../open-project.ts";
import { prepareRun } from "../prepare-run.ts";
import { usageError } from "../report-error.ts";
import type { RunOptions } from "./run.ts";

/** `orchestrate explain PHASE` */
export const run: CommandModule["run"] = async (invocation, [wanted = ""], given) => {
  const options = given as RunOptions;
  const project = await openProject(invocation, options);
  const runsDirectory = await locateRuns(invocation, { ...options, file: project.file });
  const bench = workbench({
    runsDirectory,
    root: project.root,
    concurrency: null,
    environment: invocation.environment,
  });
  try {
    const phase = wanted.replace(/\[.*$/, "");
    if (!project.pipeline.phases.has(phase))
      throw usageError(`There is no phase "${phase}".`, suggest(phase, project.pipeline.phases.keys()));
    const prepared = await prepareRun(project, bench, {
      phases: [phase],
      force: [],
      from: [],
      reuse: "allowed",
      concurrency: null,
    });
    const entries = [...prepared.plan.entries.values()].filter((entry) =>
      wanted === phase ? entry.phase === phase : entry.id === wanted,
    );
    if (entries.length === 0) {
      const ids = [...prepared.plan.entries.values()].filter((entry) => entry.phase === phase).map(({ id }) => id);
      throw usageError(`There is no instance "${wanted}".`, suggest(wanted, ids));
    }
    const explained = entries.map((entry) => ({
      entry,
      why: explainEntry(prepared, runsDirectory, entry),
      upstream: upstreamOf(prepared.plan.entries, entry),
    }));
    if (invocation.format === "json") {
      invocation.print(
        JSON.stringify(
          explained.map(({ entry, why, upstream }) => ({
            id: entry.id,
            decision: entry.decision.type,
            reason: describeReason(entry.decision, why),
            against: why?.run ?? null,
            changes: why?.changes ?? [],
            upstream: upstream.map(({ id }) => id),
            fingerprint: entry.decision.type === "pending" ? null : entry.decision.fingerprint,
          })),
        ),
      );
      return 0;
    }
    for (const { entry, why, upstream } of explained) {
      invocation.print(`${entry.id}: ${VERBS[entry.decision.type]} ${describeReason(entry.decision, why)}`);
      for (const change of why?.changes ?? []) invocation.print(`  ${describeChange(change)}`);
      for (const before of upstream) {
        const reason = explainEntry(prepared, runsDirectory, before);
        invocation.print(
          `  because ${before.id}: ${VERBS[before.decision.type]} ${describeReason(before.decision, reason)}`,
        );
        for (const change of reason?.changes ?? []) invocation.print(`    ${describeChange(change)}`);
      }
      if (entry.decision.type !== "pending") {
        for (const [part, digest] of Object.entries(entry.decision.fingerprint.parts))
          invocation.print(`  ${part.padEnd(24)} ${digest.slice(0, 23)}`);
      }
    }
    return 0;
  } finally {
    bench.close();
  }
};

const VERBS: Readonly<Record<PlanEntry["decision"]["type"], string>> = {
  run: "runs —",
  reuse: "is reused —",
  pending: "depends",
};

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
        if ((before.id !== name && before.phase !== phase) || found.has(before.id) || before.decision.type === "reuse")
          continue;
        found.set(before.id, before);
        waiting.push(before);
      }
    }
  }
  return [...found.values()].filter(({ decision }) => decision.type === "run");
}
