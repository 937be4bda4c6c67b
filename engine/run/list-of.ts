import { OrchestrateError } from "@orchestrate/sdk";
import type { Json } from "../core/pipeline/pipeline.ts";

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
export function missingList(phase: string, reference: string): OrchestrateError {
  return new OrchestrateError({
    error: "each-missing",
    category: "failed",
    detail: `${phase} is fanned out over ${reference}, which was not written.`,
    hint: "Let that phase write its list.",
  });
}
