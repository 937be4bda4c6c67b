import type { ErrorRecord } from "./schema/journal-event.ts";

/**
 * What goes wrong while lineage records are made, read or checked. It has the shape of the engine's own error, so that
 * both print alike; this package stays usable without the engine.
 */
export class ManifestError extends Error {
  /** A stable kebab-case code. */
  readonly code: string;
  readonly category: ErrorRecord["category"];
  /** What happened, and where. */
  readonly detail: string;
  /** What to do. */
  readonly hint: string;

  constructor(record: ErrorRecord, options?: ErrorOptions) {
    super(`${record.detail} ${record.hint}`.trim(), options);
    this.name = "ManifestError";
    this.code = record.error;
    this.category = record.category;
    this.detail = record.detail;
    this.hint = record.hint;
  }

  toEnvelope(): ErrorRecord {
    return { error: this.code, category: this.category, detail: this.detail, hint: this.hint };
  }
}
