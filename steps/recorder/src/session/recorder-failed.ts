import { StepError } from "@orchestrate/sdk";
import { TracerFailure } from "./failure-report.ts";

/** A fault of the recorder itself: the disk, a stream that can't be read, or the tracer in the program. */
export function recorderFailed(problem: unknown): StepError {
  const text = problem instanceof Error ? problem.message : String(problem);
  if (problem instanceof TracerFailure && problem.kind === "fault") {
    return new StepError({
      error: "recorder-tracer-failed",
      detail: `The tracer in the program could not go on: ${text}.`,
      hint: "That is a fault of the recorder. With policy.on_recorder_error = disable the program goes on unrecorded.",
    });
  }
  const isDamaged = problem instanceof RangeError;
  return new StepError(
    {
      error: isDamaged ? "recorder-stream-damaged" : "recorder-io-failed",
      category: isDamaged ? "failed" : "io",
      detail: isDamaged ? `The tracer's stream can't be read: ${text}.` : `The trace could not be written: ${text}.`,
      hint: isDamaged
        ? "Something besides the tracer wrote to the stream; with policy.keep_partial_trace what was read is kept."
        : "See whether the disk is full. With policy.on_recorder_error = disable the program goes on unrecorded.",
    },
    { cause: problem },
  );
}
