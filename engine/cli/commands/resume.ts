import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Digest, type RunDocument, readRunDocument } from "@orchestrate/manifests";
import type { Plan } from "../../core/plan/plan.ts";
import { fenceRun } from "../../io/proc/fence.ts";
import { acquireLock } from "../../io/run-directory/run-lock.ts";
import type { RecoveredPhase } from "../../run/committed-phases.ts";
import { asCandidates, recoverRun } from "../../run/recover-run.ts";
import { refuseDrift } from "../../run/run-drift.ts";
import { curbMemory } from "../curb-memory.ts";
import { type DriveCall, driveAndSummarize } from "../drive-and-summarize.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRun, locateRuns } from "../locate-runs.ts";
import { nothingToDo } from "../nothing-to-do.ts";
import { prepareRun } from "../prepare-run.ts";
import { pinnedOf, projectOf } from "../project-of-run.ts";
import { refuseNetwork } from "../refuse-network.ts";
import { type RunOptions, selectionOf } from "../run-pipeline.ts";
import { StateLocks } from "../state-locks.ts";
import { tellEnd } from "../tell-end.ts";
import { withWorkbench } from "../with-workbench.ts";

/** `orchestrate resume` */
export const run: CommandModule["run"] = async (invocation, [wanted], given) => {
  const options = given as RunOptions;
  const directory = locateRun(invocation, await locateRuns(invocation, options), wanted);
  refuseNetwork(directory, options);
  const runsDirectory = dirname(directory);
  const locks = new StateLocks(runsDirectory);
  const { environment } = invocation;
  const lock = await acquireLock(join(directory, "run.lock"), `The run ${basename(directory)}`);
  try {
    // Read once it is locked: `gc` may have been about to delete it.
    const { document, digest } = readRunDocument(join(directory, "run.json"));
    const project = projectOf(directory, document);
    await curbMemory(project.pipeline);
    return await withWorkbench({ runsDirectory, root: project.root, environment }, (bench) =>
      goOn({ invocation, options, project, directory, document, digest, bench, locks }),
    );
  } finally {
    locks.release();
    lock.release();
  }
};

interface ResumeCall extends DriveCall {
  readonly directory: string;
  readonly document: RunDocument;
  readonly digest: Digest;
  readonly locks: StateLocks;
}

async function goOn(call: ResumeCall): Promise<number> {
  const { options, project, directory, document, digest, bench, locks } = call;
  fenceRun(directory, document.run);
  const recovered = await recoverRun(directory);
  const { concurrency } = selectionOf(options);
  const { selected: phases, forced: force } = document;
  const prepared = await prepareRun(
    project,
    bench,
    { phases, force, from: [], reuse: "allowed", concurrency },
    { recovered: { previous: pinnedOf(directory, document), candidates: asCandidates(recovered, directory) }, locks },
  );
  refuseDrift(recovered, prepared.plan);
  if (isComplete(directory, prepared.plan, recovered)) return nothingToDo(call, prepared, directory, tellEnd);
  const toDrive = {
    directory,
    document,
    documentDigest: digest,
    root: project.root,
    begun: "resumed",
    recovered,
  } as const;
  return driveAndSummarize(call, toDrive, prepared);
}

/** Whether nothing of a run is missing: its own manifest is not written again then. */
function isComplete(directory: string, { entries }: Plan, recovered: ReadonlyMap<string, RecoveredPhase>): boolean {
  return existsSync(join(directory, "manifest.json")) && [...entries.keys()].every((id) => recovered.has(id));
}
