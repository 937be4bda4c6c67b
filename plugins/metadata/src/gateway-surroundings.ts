import type { KindRegistry } from "./kinds/kind-registry.ts";
import type { Reach } from "./reach.ts";

/** What a gateway that keeps records itself works with. */
export interface GatewaySurroundings {
  readonly kinds: KindRegistry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reach: Reach;
}
