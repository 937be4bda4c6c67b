import type { ErrorEnvelope } from "@orchestrate/sdk";
import type { Json } from "../core/pipeline/pipeline.ts";

/** A phase instance that failed for good. */
export interface Failure {
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  /** Of the fan-out; undefined where there is none. */
  readonly item: Json | undefined;
  readonly error: ErrorEnvelope;
}
