import { basename, join, relative } from "node:path";
import type { OutputRecord, PhaseManifest, Verification } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Graph } from "../core/graph/graph.ts";
import { instanceId } from "../core/graph/instance.ts";
import type { Plan } from "../core/plan/plan.ts";
import { formatBytes } from "../io/terminal/format-bytes.ts";
import type { Drive } from "../run/execute-run.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import type { Invocation } from "./invocation.ts";
import { notVerified } from "./not-verified.ts";
import { reportError } from "./report-error.ts";

/** How a run ended, or that there was nothing to do. */
export interface RunSummary {
  readonly directory: string;
  readonly graph: Graph;
  readonly selected: ReadonlySet<string>;
  readonly ending:
    | { readonly made: "run"; readonly drive: Drive; readonly runHash: string | null }
    | { readonly made: "nothing"; readonly plan: Plan; readonly runHash: string | null };
  readonly verification?: Verification;
}

/** How many results are listed. */
const SHOWN = 12;

/** Says where the run is and what came out, and gives the exit status. */
export function summarizeRun(invocation: Invocation, summary: RunSummary): number {
  const { directory, ending, verification } = summary;
  const results = resultsOf(summary);
  const outcome = ending.made === "nothing" ? "nothing-to-do" : ending.drive.outcome;
  if (invocation.format === "json") {
    invocation.print(
      JSON.stringify({
        type: "result",
        run: basename(directory),
        directory,
        outcome,
        run_hash: ending.runHash,
        results: results.map(({ id, name, output, path }) => ({
          phase: id,
          output: name,
          path,
          digest: output.digest,
          size: output.size,
        })),
        failures: ending.made === "run" ? ending.drive.failures : [],
        verified: verification === undefined ? null : verification.ok,
      }),
    );
  } else for (const line of describe(invocation, summary, results)) invocation.print(line);
  if (verification !== undefined && !verification.ok)
    return reportError(
      invocation,
      notVerified(directory, verification, `See orchestrate verify ${basename(directory)}.`),
    );
  return statusOf(invocation, summary);
}

interface Result {
  readonly id: string;
  readonly name: string;
  readonly output: OutputRecord;
  /** Absolute. */
  readonly path: string;
}

/** The artifacts of phases that no other selected phase depends on. */
function resultsOf({ directory, graph, selected, ending }: RunSummary): readonly Result[] {
  const isLast = (phase: string) => !graph.phases.get(phase)!.dependents.some((dependent) => selected.has(dependent));
  const found: Result[] = [];
  const add = (phase: string, key: string | null, outputs: Readonly<Record<string, OutputRecord>>) => {
    if (found.length > SHOWN || !isLast(phase)) return;
    const place = join(directory, "phases", phase, key ?? "");
    for (const [name, output] of Object.entries(outputs))
      found.push({ id: instanceId(phase, key), name, output, path: join(place, output.path) });
  };
  if (ending.made === "run") {
    for (const { manifest } of ending.drive.committed.values()) add(manifest.phase, manifest.key, manifest.outputs);
  } else {
    for (const { phase, key, decision } of ending.plan.entries.values())
      if (decision.type === "reuse") add(phase, key, decision.candidate.outputs);
  }
  return found;
}

function describe(
  invocation: Invocation,
  { directory, ending, verification }: RunSummary,
  results: readonly Result[],
): readonly string[] {
  const place = relative(invocation.cwd, directory) || ".";
  const lines = [""];
  if (ending.made === "nothing") lines.push(`Nothing to do: every result is in ${place} already.`);
  else {
    const word = { succeeded: "succeeded", failed: "failed", interrupted: "was interrupted" }[ending.drive.outcome];
    lines.push(`Run ${basename(directory)} ${word}${countsOf(ending.drive)}.`, `  directory  ${place}`);
    if (ending.runHash !== null) lines.push(`  run_hash   ${ending.runHash}`);
    if (ending.drive.outcome !== "succeeded") lines.push(`  go on      orchestrate resume ${basename(directory)}`);
  }
  if (results.length > 0 && (ending.made === "nothing" || ending.drive.outcome === "succeeded")) {
    lines.push("  results");
    const width = Math.max(...results.slice(0, SHOWN).map(({ id, name }) => id.length + name.length + 1));
    for (const { id, name, output, path } of results.slice(0, SHOWN)) {
      lines.push(
        `    ${`${id}.${name}`.padEnd(width)}  ${relative(invocation.cwd, path)}  ${formatBytes(output.size)}`,
      );
    }
    if (results.length > SHOWN) lines.push(`    … and more; see orchestrate show ${basename(directory)}`);
  }
  if (verification?.ok === true) lines.push("  verified   every digest");
  return lines;
}

function countsOf({ committed }: Drive): string {
  const manifests: readonly PhaseManifest[] = [...committed.values()].map(({ manifest }) => manifest);
  const reused = manifests.filter((manifest) => manifest.reused !== null).length;
  return `: ${manifests.length - reused} computed, ${reused} reused`;
}

function statusOf(invocation: Invocation, { ending, directory }: RunSummary): number {
  if (ending.made === "nothing" || ending.drive.outcome === "succeeded") return EXIT_STATUS.ok;
  const [first] = ending.drive.failures;
  if (first === undefined) return reportError(invocation, interrupted(basename(directory)));
  return reportError(
    invocation,
    new OrchestrateError({ ...first.error, detail: `${first.id}: ${first.error.detail}` }),
  );
}

function interrupted(run: string): OrchestrateError {
  return new OrchestrateError({
    error: "interrupted",
    category: "interrupted",
    detail: `The run ${run} was interrupted; what it committed stays.`,
    hint: `Go on with orchestrate resume ${run}.`,
  });
}
