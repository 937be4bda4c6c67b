import type { Instance } from "../core/graph/instance.ts";
import type { Decision } from "../core/plan/decide.ts";
import type { InstanceFacts } from "../core/plan/instance-facts.ts";

/** What is to be done with an instance; `release` lets those go on that wait for an equal one. */
export interface Claim {
  readonly decision: Exclude<Decision, { type: "pending" }>;
  release(): void;
}

/**
 * Decides on the instances of a run such that of equal ones one is computed, and the others wait for it and reuse it.
 */
export class Claims {
  readonly #decide: (instance: Instance, facts: InstanceFacts) => Decision | Promise<Decision>;
  /** What is being computed, by fingerprint; each settles once it is committed or failed. */
  readonly #computing = new Map<string, Promise<void>>();

  /** @param decide on an instance whose inputs are there, by what is committed now. */
  constructor(decide: (instance: Instance, facts: InstanceFacts) => Decision | Promise<Decision>) {
    this.#decide = decide;
  }

  /**
   * Where an equal instance is being computed, waits until that is settled and looks again; undefined if the run stops.
   */
  async claim(instance: Instance, facts: InstanceFacts, mayGoOn: () => boolean): Promise<Claim | undefined> {
    const decided = this.#decide(instance, facts);
    // Not awaited without need: an equal instance could be settled between the look and the claim.
    const decision = decided instanceof Promise ? await decided : decided;
    if (decision.type === "pending") throw new TypeError(`${instance.id} was admitted before its inputs were there`);
    if (decision.type === "reuse") return { decision, release: () => {} };
    const { digest } = decision.fingerprint;
    const twin = this.#computing.get(digest);
    if (decision.cause !== "nothing-to-reuse" || twin === undefined) return { decision, release: this.#begin(digest) };
    await twin;
    return mayGoOn() ? this.claim(instance, facts, mayGoOn) : undefined;
  }

  /** @returns ends it. */
  #begin(fingerprint: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#computing.set(fingerprint, promise);
    return () => {
      // Where reuse is not allowed, an equal instance may have begun meanwhile.
      if (this.#computing.get(fingerprint) === promise) this.#computing.delete(fingerprint);
      resolve();
    };
  }
}
