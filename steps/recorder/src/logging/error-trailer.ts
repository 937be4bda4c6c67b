import type { OrchestrateError } from "@orchestrate/sdk";

/** A failure as one line of JSON, for tools that read the log. */
export function errorTrailer(error: OrchestrateError, recordingId: string): string {
  const kind = { input: "Usage", policy: "Usage", io: "Environment", failed: "Target" } as const;
  return JSON.stringify({
    run_id: recordingId,
    error_code: error.code,
    error_kind: error.category in kind ? kind[error.category as keyof typeof kind] : "Internal",
    message: error.detail,
    context: { hint: error.hint },
  });
}
