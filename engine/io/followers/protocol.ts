import type { ErrorEnvelope } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";

/** What a follower's process is told when it starts. */
export interface FollowOrder {
  readonly type: "follow";
  /** The provider's name. */
  readonly name: string;
  /** Absolute path of the provider's module. */
  readonly module: string;
  readonly options: Json;
  readonly secrets: Readonly<Record<string, string>>;
  readonly run: string;
  /** The run's directory, absolute. */
  readonly directory: string;
}

/** From engine to follower. A channel that ends says `ended` as well: the engine is gone. */
export type FollowerOrder = FollowOrder | { readonly type: "ended" };

/** From follower to engine: all that must not be lost is safe, or what went wrong. */
export type FollowerReport = { readonly type: "followed" } | { readonly type: "failed"; readonly error: ErrorEnvelope };
