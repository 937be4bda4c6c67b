import type { OrchestrateError } from "@orchestrate/sdk";

const KINDS: Readonly<Record<OrchestrateError["category"], string>> = {
  input: "Usage",
  policy: "Usage",
  io: "Environment",
  failed: "Target",
  invariant: "Internal",
  interrupted: "Internal",
};

/** A failure as one line of JSON, for tools that read the log. */
export function errorTrailer(error: OrchestrateError, recordingId: string): string {
  return JSON.stringify({
    run_id: recordingId,
    error_code: error.code,
    error_kind: KINDS[error.category],
    message: error.detail,
    context: { hint: error.hint },
  });
}
