import type { z } from "zod";
import type { Artifact } from "./artifact.ts";
import type { ArtifactMap } from "./context.ts";
import type { Step } from "./step.ts";

/**
 * The steps that are known at compile time, by name. A plugin's declarations merge into it:
 *
 *     declare module "@orchestrate/sdk" {
 *       interface StepTypes { "text/word-count": typeof import("./word-count.js").default }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: plugins merge their steps into it.
export interface StepTypes {}

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

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
  readonly seedKey?: string;
  /** Files whose content enters the fingerprint, relative to the pipeline. */
  readonly code?: readonly string[];
}

export interface PhaseInput extends PhaseOptions {
  readonly step: string;
  readonly with?: unknown;
  readonly inputs?: Readonly<Record<string, string | { readonly path: string } | { readonly previous: string }>>;
  readonly outputs?: Readonly<Record<string, string | { readonly path: string; readonly kind?: string }>>;
}

/** A pipeline as written, before anything of it is checked. */
export interface PipelineInput {
  readonly pipeline: string;
  readonly seed?: number;
  /** Separates the state of `previous` inputs between uses of one pipeline. */
  readonly state?: string;
  readonly durability?: "strict" | "relaxed";
  readonly services?: PhaseOptions["services"];
  readonly phases: Readonly<Record<string, PhaseInput>>;
}

type InputsOf<S> = S extends Step<z.ZodType, infer I> ? I : ArtifactMap;
type OutputsOf<S> = S extends Step<z.ZodType, ArtifactMap, infer O> ? O : ArtifactMap;
type ConfigOf<S> = S extends Step<infer C> ? z.input<C> : unknown;
type IsOpen<S> = S extends { readonly definition: { readonly open?: infer O } }
  ? true extends O
    ? true
    : false
  : true;
type KindOf<A> = A extends Artifact<infer _F, infer K> ? K : string;

/** `phase.output` for every output whose kind fits `K`, over all phases of `P`; `phase[*].output` where it gathers. */
type Reference<P, K extends string, Gather extends boolean> = {
  [N in keyof P & string]: P[N] extends { readonly step: infer S extends keyof StepTypes }
    ? IsOpen<StepTypes[S]> extends true
      ? `${N}${Gather extends true ? "[*]" : ""}.${string}`
      : {
          [O in keyof OutputsOf<StepTypes[S]> & string]: Fits<KindOf<OutputsOf<StepTypes[S]>[O]>, K> extends true
            ? `${N}${Gather extends true ? "[*]" : ""}.${O}`
            : never;
        }[keyof OutputsOf<StepTypes[S]> & string]
    : `${N}${Gather extends true ? "[*]" : ""}.${string}`;
}[keyof P & string];

type Fits<Produced extends string, Wanted extends string> = Wanted extends "*"
  ? true
  : Produced extends Wanted
    ? true
    : false;

type Wire<P, A> = A extends { readonly mode: "gathered" }
  ? Reference<P, KindOf<A>, true>
  : Reference<P, KindOf<A>, false> | { readonly path: string } | { readonly previous: string };

type RequiredInputs<I> = { [K in keyof I]: I[K] extends { readonly mode: "optional" } ? never : K }[keyof I];

type TypedInputs<P, I extends ArtifactMap> = { readonly [K in RequiredInputs<I>]: Wire<P, I[K]> } & {
  readonly [K in Exclude<keyof I, RequiredInputs<I>>]?: Wire<P, I[K]>;
};

type TypedPhase<P, S> = S extends keyof StepTypes
  ? PhaseOptions & {
      readonly step: S;
      readonly with?: ConfigOf<StepTypes[S]>;
    } & (IsOpen<StepTypes[S]> extends true
        ? Pick<PhaseInput, "inputs" | "outputs">
        : Record<never, never> extends TypedInputs<P, InputsOf<StepTypes[S]>>
          ? { readonly inputs?: TypedInputs<P, InputsOf<StepTypes[S]>> }
          : { readonly inputs: TypedInputs<P, InputsOf<StepTypes[S]>> })
  : never;

/**
 * Defines a pipeline in TypeScript. Where a plugin's declarations are in scope, a wrong step name, config key, input
 * name, reference or artifact kind does not compile. The result is the plain pipeline, as it could stand in YAML.
 */
export function definePipeline<const P extends Readonly<Record<string, PhaseInput>>>(
  pipeline: Omit<PipelineInput, "phases"> & {
    readonly phases: P & { readonly [N in keyof P]: TypedPhase<P, P[N]["step"]> };
  },
): PipelineInput {
  return pipeline as unknown as PipelineInput;
}
