import { digestArtifact } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Instance } from "../core/graph/instance.ts";
import type { ProjectCode, Source, Surroundings } from "./ports/surroundings.ts";
import type { RunScope } from "./run-scope.ts";

/**
 * Checks, before an attempt begins, that all code of its instance is what the fingerprint says: the modules of its step
 * and services, the files of the project that count as code, and the programs. The run may have digested them long
 * before. A worker imports modules as an attempt begins, so that what is built anew later is none of it.
 *
 * @throws OrchestrateError `code-changed` (invariant)
 */
export async function guardCode(
  { graph, modules, ports }: RunScope,
  { phase }: Pick<Instance, "phase">,
  code: ProjectCode,
): Promise<void> {
  const { step, services } = graph.phases.get(phase)!;
  const used = [modules.step(step.name), ...[...services.values()].map(({ facts }) => modules.service(facts))];
  for (const reference of used) {
    // Most are, and a promise for each would be felt.
    const unchanged = modules.isUnchanged(reference);
    if (unchanged !== true && !(await unchanged))
      throw codeChanged(`The code of ${reference.name} (${reference.plugin})`);
  }
  await guardProjectCode(ports.surroundings, code);
}

/**
 * Checks the files of the project that count as code, and the programs, alone: once more at an attempt's end, since a
 * shell reads a script while it runs it.
 *
 * @throws OrchestrateError `code-changed` (invariant)
 */
export async function guardProjectCode(surroundings: Surroundings, { sources }: ProjectCode): Promise<void> {
  for (const source of sources) {
    if (surroundings.isUnchanged(source.path, source.stats)) continue;
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
