import { StepError } from "@orchestrate/sdk";
import type { Recorded } from "../tracer/record-program.ts";
import type { TraceDirectory } from "../writer/trace-directory.ts";
import { traceMetadata } from "../writer/trace-metadata.ts";
import type { Session } from "./open-session.ts";
import { programFailed } from "./program-failed.ts";
import { recorderFailed } from "./recorder-failed.ts";

/**
 * Finishes the trace, or does with what there is of it what the policy says.
 *
 * @returns the error with which the phase fails; undefined where it succeeds.
 */
export function concludeRecording(session: Session, recorded: Recorded, trace: TraceDirectory): StepError | undefined {
  const { policy } = session;
  const failure = recorded.problem === undefined ? finish(session, recorded, trace) : recorderFailed(recorded.problem);
  if (failure !== undefined) {
    trace.abandon(policy.keep_partial_trace ? "keep" : "remove");
    if (policy.on_recorder_error === "abort") return failure;
    trace.explain(metadata(session, recorded, failure.detail));
  }
  if (policy.require_trace && recorded.transcriber.stats.isEmpty) return traceMissing(session);
  const { status, signal } = recorded.result;
  const failed = status !== 0 || signal !== null;
  return failed && policy.propagate_script_exit ? programFailed(session.program, recorded.result) : undefined;
}

function finish(session: Session, recorded: Recorded, trace: TraceDirectory): StepError | undefined {
  try {
    trace.finish(recorded.transcriber.tables.paths, metadata(session, recorded, undefined));
    return undefined;
  } catch (problem) {
    return recorderFailed(problem);
  }
}

function metadata(session: Session, { transcriber, result }: Recorded, problem: string | undefined): object {
  return traceMetadata({
    recordingId: session.id,
    workdir: session.root,
    program: session.program,
    args: session.args,
    sources: session.filter.sources,
    stats: transcriber.stats,
    status: result.status,
    signal: result.signal,
    problem,
  });
}

function traceMissing({ program }: Session): StepError {
  return new StepError({
    error: "recorder-trace-missing",
    detail: `Nothing of ${program} was recorded, and the policy says require_trace.`,
    hint: "See whether the filters skip all of it, and whether it ran at all.",
  });
}
