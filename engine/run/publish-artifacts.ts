import { resolve } from "node:path";
import type { Digest, OutputRecord } from "@orchestrate/manifests";
import type { Graph } from "../core/graph/graph.ts";
import type { RunFiles } from "./ports/run-files.ts";
import type { RunRecords } from "./ports/run-records.ts";

/** A committed phase as it is published. */
export interface CommittedArtifacts {
  /** The phase's directory, absolute. */
  readonly directory: string;
  readonly outputs: Readonly<Record<string, OutputRecord>>;
}

export interface Publication {
  readonly graph: Graph;
  readonly selected: ReadonlySet<string>;
  readonly files: Pick<RunFiles, "publish">;
  readonly records: Pick<RunRecords, "holding">;
  /** The pipeline's directory, from which `publish.to` starts. */
  readonly root: string;
  /** Undefined where the phase is not committed. */
  artifactsOf(phase: string): CommittedArtifacts | undefined;
  before?(phase: string): void;
  after?(phase: string, to: string): void;
}

/**
 * Puts in place what the selected phases publish. What is in place already stays as it is; what no run holds is never
 * replaced.
 */
export async function publishArtifacts(publication: Publication): Promise<void> {
  const { graph, selected, files, records, root, artifactsOf, before, after } = publication;
  const isHeld = async (digest: Digest) => (await records.holding(digest)) !== undefined;
  for (const { phase } of graph.phases.values()) {
    if (phase.publish === null || !selected.has(phase.name)) continue;
    const committed = artifactsOf(phase.name);
    const output = committed?.outputs[phase.publish.output];
    if (committed === undefined || output === undefined) continue;
    before?.(phase.name);
    const { to } = phase.publish;
    await files.publish(`${committed.directory}/${output.path}`, output, resolve(root, to), isHeld);
    after?.(phase.name, to);
  }
}
