import type { Instance } from "../core/graph/instance.ts";
import type { Fingerprint } from "../core/plan/fingerprint.ts";
import type { FoundInputs } from "./locate-inputs.ts";
import type { PreparedFacts } from "./prepare-instances.ts";

/** One try at an instance: where it works, and all that it rests on. */
export interface Attempt {
  readonly instance: Instance;
  readonly place: AttemptPlace;
  readonly facts: PreparedFacts;
  readonly fingerprint: Fingerprint;
  readonly inputs: FoundInputs;
}

/** Which attempt, and where it works. */
export interface AttemptPlace {
  readonly number: number;
  /** Absolute. */
  readonly phaseDirectory: string;
  readonly staging: string;
  /** Settles once the phase's directory is durable in those above it, as a commit relies on. */
  readonly lasting: Promise<void>;
}
