import { digestArtifact } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Instance } from "../core/graph/instance.ts";
import type { ProjectCode, Source } from "./ports/surroundings.ts";
import type { RunScope } from "./run-scope.ts";

/**
 * Checks that all code of an instance is what the fingerprint says: the modules of its step and services, the files of the
 * project that count as code, and the programs. The run may have digested them long before the attempt began, and a worker
 * imports a module only when it needs it.
 *
 * @throws OrchestrateError `code-changed` (invariant)
 */
export async function guardCode(
  { graph, modules, ports }: RunScope,
  { phase }: Pick<Instance, "phase">,
  { sources }: ProjectCode,
): Promise<void> {
  const { step, services } = graph.phases.get(phase)!;
  const used = [modules.step(step.name), ...[...services.values()].map(({ facts }) => modules.service(facts))];
  for (const reference of used) {
    // Most are, and a promise for each would be felt.
    const unchanged = modules.isUnchanged(reference);
    if (unchanged !== true && !(await unchanged))
      throw codeChanged(`The code of ${reference.name} (${reference.plugin})`);
  }
  for (const source of sources) {
    if (ports.surroundings.isUnchanged(source.path, source.stats)) continue;
    if ((await digestNow(source)) !== source.digest)
      throw codeChanged(`${source.path}, which counts as code of this phase,`);
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

function codeChanged(what: string): OrchestrateError {
  return new OrchestrateError({
    error: "code-changed",
    category: "invariant",
    detail: `${what} was changed after the run had looked at it.`,
    hint: "Nothing was committed. Go on with orchestrate resume, which takes it as it is then.",
  });
}
