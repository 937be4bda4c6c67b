/**
 * What kind of trouble an error is; it decides the exit status.
 *
 * `failed` 1 · `input` 2 · `invariant` 3 (a digest differs) · `policy` 4 (a rule refuses) · `io` 5 · `interrupted` 130
 */
export type ErrorCategory = "failed" | "input" | "invariant" | "policy" | "io" | "interrupted";

/** What `--json` prints on stderr, and what the journal keeps of a failure. */
export interface ErrorEnvelope {
  /** A stable kebab-case code. */
  readonly error: string;
  readonly category: ErrorCategory;
  /** What happened, and where: file, line, field. */
  readonly detail: string;
  /** What to do. */
  readonly hint: string;
}

/** The one error type: a stable code for machines, a detail and a hint for people. */
export class OrchestrateError extends Error {
  readonly code: string;
  readonly category: ErrorCategory;
  readonly detail: string;
  readonly hint: string;

  constructor(envelope: ErrorEnvelope, options?: ErrorOptions) {
    super(`${envelope.detail} ${envelope.hint}`.trim(), options);
    this.name = "OrchestrateError";
    this.code = envelope.error;
    this.category = envelope.category;
    this.detail = envelope.detail;
    this.hint = envelope.hint;
  }

  toEnvelope(): ErrorEnvelope {
    return { error: this.code, category: this.category, detail: this.detail, hint: this.hint };
  }
}

/**
 * Thrown by a step to fail with a code and a hint of its own. An error of category `input` or `policy` is never
 * retried.
 */
export class StepError extends OrchestrateError {
  /** See the constructor. */
  readonly effects: "none" | "unknown";

  /**
   * @param envelope `effects` is of a step with external effects: `none` says that this attempt has changed nothing outside, or
   *   has taken it back, so that another run may begin though this one is not finished (default `unknown`).
   */
  constructor(
    envelope: {
      readonly error: string;
      readonly category?: ErrorCategory;
      readonly detail: string;
      readonly hint: string;
      readonly effects?: "none" | "unknown";
    },
    options?: ErrorOptions,
  ) {
    const { effects = "unknown", ...words } = envelope;
    super({ category: "failed", ...words }, options);
    this.name = "StepError";
    this.effects = effects;
  }
}
