import { OrchestrateError } from "@orchestrate/sdk";
import type { FoundInput, FoundInputs } from "./locate-inputs.ts";
import type { Source, Surroundings } from "./ports/surroundings.ts";

/**
 * Checks that artifacts of earlier runs are what was pinned when this run began, and guards them from here on as every
 * other input: the run that they lie in may be removed or changed by anybody.
 *
 * @throws OrchestrateError `previous-lost` (invariant)
 */
export async function guardPrevious(
  surroundings: Pick<Surroundings, "source">,
  inputs: FoundInputs,
): Promise<FoundInputs> {
  const guarded: Record<string, FoundInput> = { ...inputs };
  for (const [name, found] of Object.entries(inputs)) {
    const { input, record } = found;
    if (input.is !== "one" || record === undefined || !("previous" in record)) continue;
    const { path, digest } = input.artifact;
    const source = await sourceAt(surroundings, path);
    if (source?.digest !== digest) throw lost(name, record, { path, is: source === undefined ? "gone" : "changed" });
    guarded[name] = {
      ...found,
      guard: [{ artifact: input.artifact, stats: source.stats, phase: phaseOf(path, record.run) }],
    };
  }
  return guarded;
}

/** The directory of the phase that an artifact of an earlier run belongs to. */
function phaseOf(artifact: string, run: string): string {
  return artifact.slice(0, artifact.indexOf("/artifacts/", artifact.indexOf(`/${run}/`)));
}

async function sourceAt(surroundings: Pick<Surroundings, "source">, path: string): Promise<Source | undefined> {
  try {
    return await surroundings.source(path);
  } catch (error) {
    if (error instanceof OrchestrateError && error.code === "source-not-found") return undefined;
    throw error;
  }
}

function lost(
  name: string,
  { previous, run }: { readonly previous: string; readonly run: string },
  { path, is }: { readonly path: string; readonly is: "gone" | "changed" },
): OrchestrateError {
  return new OrchestrateError({
    error: "previous-lost",
    category: "invariant",
    detail: `The input "${name}" is ${previous} of the run ${run}, as it was when this run began, and that ${is === "gone" ? "is gone" : "was changed"}: ${path}.`,
    hint: "Restore it, or start a new run with orchestrate run, which takes what is newest now.",
  });
}
