/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where an input comes from. `gather` takes the output of all instances of a fanned-out phase. */
export type Wiring =
  | { readonly from: "phase"; readonly phase: string; readonly output: string; readonly gather: "one" | "all" }
  | { readonly from: "path"; readonly path: string }
  | { readonly from: "previous"; readonly phase: string; readonly output: string };

/** What a phase is fanned out over. */
export type Each =
  | { readonly over: "items"; readonly items: readonly Json[] }
  | { readonly over: "artifact"; readonly phase: string; readonly output: string };

/** An output that the pipeline itself declares, for a step that is `open`. */
export interface DeclaredOutput {
  readonly path: string;
  readonly kind: string;
  readonly form: "file" | "directory";
}

export interface Retry {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly delayMs: number;
  readonly maxDelayMs: number;
}

/** The choice of a provider for a service token. */
export interface ServiceChoice {
  readonly use: string;
  readonly with: Json;
}

/** A phase as resolved: profile, overrides and defaults in it. */
export interface Phase {
  readonly name: string;
  readonly step: string;
  readonly with: Readonly<Record<string, Json>>;
  readonly inputs: Readonly<Record<string, Wiring>>;
  readonly outputs: Readonly<Record<string, DeclaredOutput>>;
  readonly each: Each | null;
  readonly key: string | null;
  readonly after: readonly string[];
  readonly enabled: boolean;
  readonly partial: boolean;
  readonly retry: Retry;
  readonly timeoutMs: number | null;
  readonly resources: { readonly cpu?: number; readonly memory?: number; readonly gpu?: number };
  readonly services: Readonly<Record<string, ServiceChoice>>;
  readonly env: readonly string[];
  readonly secrets: readonly string[];
  readonly cache: boolean;
  readonly publish: { readonly to: string; readonly output: string } | null;
  readonly seedKey: string | null;
  readonly code: readonly string[];
}

/** How hard the engine works for durability and proof; profiles choose it. */
export interface RunOptions {
  readonly durability: "strict" | "relaxed";
  /** `link`: reflink, else hard link, else copy. `copy`: always a copy of its own. */
  readonly reuse: "link" | "copy";
  /** `digest`: the whole run is verified once it has succeeded. */
  readonly verify: "none" | "digest";
  /** Attempts at once; null: one for each core. */
  readonly concurrency: number | null;
}

/** A follower that the pipeline switches on, by the name of its provider. */
export interface FollowerChoice {
  readonly name: string;
  readonly with: Readonly<Record<string, Json>>;
  /** Names of the environment variables that it may see. */
  readonly secrets: readonly string[];
}

/** A pipeline as resolved. */
export interface Pipeline {
  readonly name: string;
  readonly seed: number;
  readonly state: string | null;
  readonly options: RunOptions;
  /** The choices for all phases; those of a phase hold them already. */
  readonly services: Readonly<Record<string, ServiceChoice>>;
  readonly followers: readonly FollowerChoice[];
  readonly phases: ReadonlyMap<string, Phase>;
}
