import { phaseDirectory } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Json } from "../core/pipeline/pipeline.ts";
import type { Schedule } from "../core/schedule/schedule.ts";
import type { RunScope } from "./run-scope.ts";

/**
 * Reads the list that a phase waits for, which another phase of this run has written.
 *
 * @throws OrchestrateError `each-missing`, `each-not-a-list` or `list-unreadable` (failed)
 */
export async function readList(scope: RunScope, schedule: Schedule, phase: string): Promise<readonly Json[]> {
  const each = scope.graph.phases.get(phase)!.phase.each;
  if (each?.over !== "artifact") throw new TypeError(`${phase} waits for no list`);
  const record = schedule.committed(each.phase)?.outputs[each.output];
  if (record === undefined) throw missingList(phase, `${each.phase}.${each.output}`);
  const document = await scope.ports.files.readJson(
    `${phaseDirectory(scope.directory, each.phase, null)}/${record.path}`,
  );
  return listOf(document, phase);
}

/** The list that a phase is fanned out over. @throws OrchestrateError `each-not-a-list` (failed) */
export function listOf(document: Json, phase: string): readonly Json[] {
  if (Array.isArray(document)) return document;
  throw new OrchestrateError({
    error: "each-not-a-list",
    category: "failed",
    detail: `${phase} is fanned out over a JSON document that is not a list.`,
    hint: "Let the phase that writes it write a list.",
  });
}

/** What a person is told where the list was not written at all. */
function missingList(phase: string, reference: string): OrchestrateError {
  return new OrchestrateError({
    error: "each-missing",
    category: "failed",
    detail: `${phase} is fanned out over ${reference}, which was not written.`,
    hint: "Let that phase write its list.",
  });
}
