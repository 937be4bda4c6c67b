import { digestArtifact } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { ProjectCode, Source, Surroundings } from "./ports/surroundings.ts";

/**
 * Checks that the files of the project that count as code, and the programs, are what the fingerprint says: the run may
 * have digested them long before the attempt began.
 *
 * @throws OrchestrateError `code-changed` (invariant)
 */
export async function guardCode(surroundings: Surroundings, { sources }: ProjectCode): Promise<void> {
  for (const source of sources) {
    // Most are, and a promise for each would be felt.
    if (surroundings.isUnchanged(source.path, source.stats)) continue;
    if ((await digestNow(source)) !== source.digest) throw codeChanged(source.path);
  }
}

/** Undefined where it can't be read any more. */
async function digestNow({ path, form }: Source): Promise<string | undefined> {
  try {
    return (await digestArtifact(path, form)).digest;
  } catch {
    return undefined;
  }
}

function codeChanged(path: string): OrchestrateError {
  return new OrchestrateError({
    error: "code-changed",
    category: "invariant",
    detail: `${path}, which counts as code of this phase, was changed after the run had looked at it.`,
    hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
  });
}
