import type { Instance } from "../graph/instance.ts";
import type { Outcome, PhaseEnd } from "./outcome.ts";

/**
 * What follows from something that happened; the schedule works them off from a list, since chains are deeper than the
 * stack.
 */
export type Consequence =
  | { readonly type: "open"; readonly phase: string }
  | { readonly type: "instance-ended"; readonly instance: Instance; readonly outcome: Outcome }
  | { readonly type: "close"; readonly phase: string; readonly end: PhaseEnd }
  | { readonly type: "block"; readonly phase: string; readonly by: string };
