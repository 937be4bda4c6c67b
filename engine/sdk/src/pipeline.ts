import type { TypedPhase } from "./typed-phase.ts";

/**
 * The steps that are known at compile time, by name. A plugin's declarations merge into it:
 *
 *     declare module "@orchestrate/sdk" {
 *       interface StepTypes { "text/word-count": typeof import("./word-count.js").default }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: plugins merge their steps into it.
export interface StepTypes {}

/** Plain JSON. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** What a phase may say besides its step, config and wiring. Durations are `500ms`, `30s`, `10m`, `2h`. */
export interface PhaseOptions {
  /** Fan-out: a list, a map of lists (their product), or the JSON list that an earlier phase writes, `phase.output`. */
  readonly each?: readonly Plain[] | Readonly<Record<string, readonly Plain[]>> | string;
  /** The instance's key, as `${item.lr}`; by default the first 12 hex digits of the item's digest. */
  readonly key?: string;
  /** Phases that must be committed before, without an input from them. */
  readonly after?: readonly string[];
  readonly enabled?: boolean;
  /** Lets gathers go on with the instances that succeeded. */
  readonly partial?: boolean;
  readonly retry?: { readonly attempts: number; readonly delay?: string; readonly maxDelay?: string };
  readonly timeout?: string;
  readonly resources?: { readonly cpu?: number; readonly memory?: number; readonly gpu?: number };
  readonly services?: Readonly<Record<string, string | { readonly use: string; readonly with?: Plain }>>;
  /** Environment variables that the phase may see; their values enter the fingerprint. */
  readonly env?: readonly string[];
  /** Environment variables passed on and never digested, stored or shown. */
  readonly secrets?: readonly string[];
  readonly cache?: boolean;
  readonly publish?: { readonly to: string; readonly output: string };
  /** Parts this phase's seeds from those of equal steps; in a fan-out it may speak of the item, as `${item.seed}`. */
  readonly seedKey?: string;
  /** Files whose content enters the fingerprint, relative to the pipeline. */
  readonly code?: readonly string[];
}

/** A phase as written, before anything of it is checked. */
export interface PhaseInput extends PhaseOptions {
  readonly step: string;
  readonly with?: unknown;
  readonly inputs?: Readonly<Record<string, string | { readonly path: string } | { readonly previous: string }>>;
  readonly outputs?: Readonly<
    Record<string, string | { readonly path: string; readonly kind?: string; readonly form?: "file" | "directory" }>
  >;
}

/** A pipeline as written, before anything of it is checked. */
export interface PipelineInput {
  readonly pipeline: string;
  readonly description?: string;
  readonly seed?: number;
  /** Separates the state of `previous` inputs between uses of one pipeline. */
  readonly state?: string;
  readonly durability?: "strict" | "relaxed";
  /** How reused artifacts are materialised: reflink, else hard link, else copy, or always a copy (default `link`). */
  readonly reuse?: "link" | "copy";
  /** `digest`: the whole run is verified once it has succeeded (default `none`). */
  readonly verify?: "none" | "digest";
  /** Attempts at once; null, the default: one for each core. */
  readonly concurrency?: number | null;
  readonly services?: PhaseOptions["services"];
  /** Followers by the names of their providers, with options; `secrets` names environment variables they may see. */
  readonly follow?: Readonly<
    Record<string, { readonly with?: Plain; readonly secrets?: readonly string[]; readonly enabled?: boolean }>
  >;
  readonly phases: Readonly<Record<string, PhaseInput>>;
}

/**
 * Defines a pipeline in TypeScript. Where a plugin's declarations are in scope, a wrong step name, config key or type,
 * input name, reference or artifact kind does not compile; a step of a family (`family/step`) that no declaration
 * speaks of may say anything. The result is the plain pipeline, as it could stand in YAML.
 */
export function definePipeline<const P extends Readonly<Record<string, PhaseInput>>>(
  pipeline: Omit<PipelineInput, "phases"> & {
    readonly phases: P & { readonly [N in keyof P]: TypedPhase<P, P[N]> };
  },
): PipelineInput {
  return pipeline as unknown as PipelineInput;
}
