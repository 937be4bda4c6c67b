import type { ErrorEnvelope } from "@orchestrate/sdk";
import type { Check, Cut } from "@orchestrate/sdk/testing";

/** One part of a plugin, and the examples that it runs with. */
export interface SuitePart {
  readonly kind: "step" | "service";
  /** The step's name, or `token=provider`. */
  readonly name: string;
  /** Absolute. */
  readonly module: string;
  /** The module of `defineExamples`, absolute. */
  readonly examples: string;
}

/** What a process of the conformance suite is to do. */
export type SuiteOrder =
  | { readonly do: "suite"; readonly part: SuitePart; readonly timeoutMs: number }
  /** One attempt at a step, in which the process kills itself; `checkpoint` is where it leaves what it saved. */
  | { readonly do: "crash"; readonly part: SuitePart; readonly cut: Cut; readonly checkpoint: string };

/** What it found: the checks, that there is no example for the part, or what kept it from looking. */
export type SuiteReport =
  | { readonly found: "checks"; readonly checks: readonly Check[] }
  | { readonly found: "no-example" }
  | { readonly found: "error"; readonly error: ErrorEnvelope };
