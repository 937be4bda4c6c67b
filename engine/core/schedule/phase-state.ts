import type { Instance } from "../graph/instance.ts";

/** Where a phase stands in the schedule. */
export interface PhaseState {
  /** Dependencies that have not ended well as a whole, and those matched by key whose instances are not known yet. */
  open: number;
  instances: readonly Instance[] | undefined;
  /** Instances that have yet to end. */
  left: number;
}
