import { commitRun, comparePhases, phaseDirectory, type RunManifest, runHash } from "@orchestrate/manifests";
import type { CommittedManifests } from "./committed-phases.ts";
import { publishArtifacts } from "./publish-artifacts.ts";
import type { RunScope } from "./run-scope.ts";

/** Puts the run's own manifest in place, and then publishes what the pipeline says. Doing it again is safe. */
export async function finishRun(
  scope: RunScope,
  committed: CommittedManifests,
  { documentDigest, root }: { readonly documentDigest: string; readonly root: string },
): Promise<RunManifest> {
  const manifest = runManifest(scope, committed, documentDigest);
  await commitRun({
    runDir: scope.directory,
    manifest,
    durability: scope.document.durability,
    beforePoint: scope.ports.beforePoint,
  });
  const { graph, selected, ports } = scope;
  await publishArtifacts({
    graph,
    selected,
    files: ports.files,
    records: ports.records,
    root,
    artifactsOf: (phase) => {
      const outputs = committed.get(phase)?.manifest.outputs;
      return outputs && { directory: phaseDirectory(scope.directory, phase, null), outputs };
    },
    before: (phase) => ports.beforePoint(`publish:${phase}`),
    after: (phase, to) => ports.journal.append({ type: "published", phase, key: null, to }),
  });
  return manifest;
}

function runManifest(scope: RunScope, committed: CommittedManifests, documentDigest: string): RunManifest {
  const phases = [...committed.values()]
    .map(({ manifest: { phase, key, fingerprint, outputs }, digest }) => ({
      phase,
      key,
      fingerprint: fingerprint.digest,
      manifest: digest,
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.digest])),
    }))
    .sort(comparePhases);
  return {
    schema: "orchestrate.run-manifest/1",
    run: scope.run,
    pipeline: scope.graph.pipeline.name,
    document: documentDigest,
    phases,
    run_hash: runHash(phases),
    started: scope.document.created,
    finished: new Date(scope.ports.clock.now()).toISOString(),
  };
}
