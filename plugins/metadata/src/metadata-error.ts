import { type ErrorCategory, OrchestrateError } from "@orchestrate/sdk";

/** Every error that the gateway, its service and its commands give, with its category. */
export const ERROR_CATEGORIES = {
  "metadata-record-invalid": "input",
  "metadata-kind-unknown": "input",
  "metadata-kind-invalid": "input",
  "metadata-key-conflict": "input",
  "metadata-query-invalid": "input",
  "metadata-options-invalid": "input",
  "metadata-usage": "input",
  "metadata-artifact-unknown": "input",
  "metadata-digest-ambiguous": "input",
  "metadata-store-newer": "input",
  "metadata-secret-unset": "input",
  "metadata-token-needed": "policy",
  "metadata-unauthorized": "policy",
  "metadata-host-refused": "policy",
  "metadata-unreachable": "io",
  "metadata-outbox-full": "io",
} as const satisfies Readonly<Record<string, ErrorCategory>>;

export type MetadataErrorCode = keyof typeof ERROR_CATEGORIES;

/** An error of the gateway: what happened, and what to do. */
export function metadataError(
  error: MetadataErrorCode,
  detail: string,
  hint: string,
  options?: ErrorOptions,
): OrchestrateError {
  return new OrchestrateError({ error, category: ERROR_CATEGORIES[error], detail, hint }, options);
}

const ERRORS_OF_RECORDS: ReadonlySet<string> = new Set<MetadataErrorCode>([
  "metadata-record-invalid",
  "metadata-kind-unknown",
  "metadata-key-conflict",
  // What a service says of a record that is larger than it takes.
  "metadata-query-invalid",
]);

/** Whether a gateway says that records are such as it will never take; undefined for all other errors. */
export function refusalOf(error: unknown): OrchestrateError | undefined {
  return error instanceof OrchestrateError && ERRORS_OF_RECORDS.has(error.code) ? error : undefined;
}

/** Whether an answer said over the network is one of these errors. */
export function isMetadataErrorCode(code: string): code is MetadataErrorCode {
  return Object.hasOwn(ERROR_CATEGORIES, code);
}
