import type { FilterSource } from "../filter/model.ts";
import type { RecordingStats } from "../tracer/recording-stats.ts";
import { recorderVersion } from "./recorder-version.ts";

export interface MetadataFacts {
  readonly recordingId: string;
  readonly workdir: string;
  /** The program's path, absolute. */
  readonly program: string;
  readonly args: readonly string[];
  readonly sources: readonly FilterSource[];
  readonly stats: RecordingStats;
  readonly status: number | null;
  readonly signal: string | null;
  /** What went wrong with the recording, where it went on nevertheless. */
  readonly problem: string | undefined;
}

/** The document `trace_metadata.json`. */
export function traceMetadata(facts: MetadataFacts): object {
  const { stats, status, signal } = facts;
  return {
    recording_id: facts.recordingId,
    workdir: facts.workdir,
    program: facts.program,
    args: facts.args,
    recorder: { name: "@orchestrate/steps-recorder", target_script: facts.program, version: recorderVersion() },
    trace_filter: {
      filters: facts.sources.map(({ path, sha256, name, version }) => ({ path, sha256, name, version })),
      stats: { scopes_skipped: stats.scopesSkipped, value_redactions: stats.redactions, value_drops: stats.drops },
    },
    process_exit_status: signal === null ? { code: status, label: "exit" } : { code: null, label: signal },
    ...(facts.problem === undefined ? {} : { recorder_error: facts.problem }),
  };
}
