import type { ValueAction } from "../../filter/model.ts";
import type { FieldAction } from "./value-limits.ts";

/** A variable of a function: where its last value is kept, its id, and what the filter says. */
export interface Slot {
  readonly slot: number;
  readonly variable: number;
  readonly kind: number;
  readonly action: ValueAction;
}

/** What is known of a function when it is instrumented. */
export interface FunctionFacts {
  readonly resumable: boolean;
  readonly params: readonly Slot[];
  readonly result: ValueAction;
  readonly fields: FieldAction | undefined;
}
