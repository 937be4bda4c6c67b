import { StepError } from "@orchestrate/sdk";

/** A fault of the recorder itself: the disk, or a stream that can't be read. */
export function recorderFailed(problem: unknown): StepError {
  const text = problem instanceof Error ? problem.message : String(problem);
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
