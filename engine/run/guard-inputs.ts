import { digestArtifact } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { FoundInputs, Guard } from "./locate-inputs.ts";
import type { Surroundings } from "./ports/surroundings.ts";

type Looks = Pick<Surroundings, "isUnchanged" | "isUnchangedButForLinks">;

/** @throws OrchestrateError `input-changed`: what was read is not what the manifest would say. */
export async function guardInputs(surroundings: Looks, inputs: FoundInputs): Promise<void> {
  for (const [name, { guard }] of Object.entries(inputs))
    for (const each of guard) {
      // Most inputs are, and a promise for each would be felt.
      if (surroundings.isUnchanged(each.artifact.path, each.stats)) continue;
      if (!(await isOnlyLinked(surroundings, each))) throw inputChanged(name, each);
    }
}

/** The same once files of the inputs were linked, by which only their ctime may have changed. */
export function guardLinked(surroundings: Looks, inputs: FoundInputs): void {
  for (const [name, { guard }] of Object.entries(inputs))
    for (const each of guard)
      if (!surroundings.isUnchangedButForLinks(each.artifact.path, each.stats)) throw inputChanged(name, each);
}

/**
 * Another phase or run may link files of an artifact meanwhile: bytes that are still those of the digest are no change.
 */
async function isOnlyLinked(surroundings: Looks, { artifact, stats }: Guard): Promise<boolean> {
  const { path, form, digest } = artifact;
  return surroundings.isUnchangedButForLinks(path, stats) && (await digestArtifact(path, form)).digest === digest;
}

function inputChanged(name: string, { artifact }: Guard): OrchestrateError {
  return new OrchestrateError({
    error: "input-changed",
    category: "invariant",
    detail: `The input "${name}" (${artifact.path}) was changed while the step was reading it.`,
    hint: "Nothing was committed. A step must not write to its inputs; where another program did, run again once it has ended.",
  });
}
