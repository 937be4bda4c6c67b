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

/** Whether an answer said over the network is one of these errors. */
export function isMetadataErrorCode(code: string): code is MetadataErrorCode {
  return Object.hasOwn(ERROR_CATEGORIES, code);
}
