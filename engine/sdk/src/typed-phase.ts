import type { z } from "zod";
import type { Artifact } from "./artifact.ts";
import type { ArtifactMap } from "./context.ts";
import type { metadataOutput } from "./emitted-record.ts";
import type { METADATA_OUTPUT, Metadata } from "./metadata.ts";
import type { PhaseInput, PhaseOptions, StepTypes } from "./pipeline.ts";
import type { SameType } from "./same-type.ts";
import type { Step } from "./step.ts";
import type { Token } from "./token.ts";

/** What a phase written as `G` among the phases `P` must look like, by its step's declarations. */
export type TypedPhase<P, G extends PhaseInput> = G["step"] extends keyof StepTypes
  ? Allowed<P, StepTypes[G["step"]], G> & NoExtra<G, Allowed<P, StepTypes[G["step"]], G>>
  : G["step"] extends `${infer F}/${string}`
    ? F extends Family<keyof StepTypes>
      ? never
      : PhaseInput
    : never;

type Family<S> = S extends `${infer F}/${string}` ? F : never;

type Allowed<P, S, G extends PhaseInput> = Options<P> & { readonly step: G["step"] } & WithConfig<ConfigOf<S>> &
  (IsOpen<S> extends true
    ? Pick<PhaseInput, "outputs" | "publish"> & { readonly inputs?: Readonly<Record<string, AnyWire<P, From<G>>>> }
    : WithInputs<TypedInputs<P, InputsOf<S>, From<G>>> & {
        readonly publish?: { readonly to: string; readonly output: keyof OutputsOf<S> & string };
      });

type Options<P> = Omit<PhaseOptions, "each" | "after" | "publish"> & {
  readonly each?: Exclude<PhaseOptions["each"], string> | Reference<P, "*", "one">;
  readonly after?: readonly (keyof P & string)[];
};

type WithConfig<C> =
  Record<never, never> extends C ? { readonly with?: Templated<C> } : { readonly with: Templated<C> };

type WithInputs<I> = Record<never, never> extends I ? { readonly inputs?: I } : { readonly inputs: I };

/** In a fan-out, any value may come from the item. */
type Templated<T> =
  | T
  | ItemTemplate
  | (T extends readonly (infer E)[]
      ? readonly Templated<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Templated<T[K]> }
        : never);

type ItemTemplate = `\${item}` | `\${item.${string}}`;

type InputsOf<S> = S extends Step<z.ZodType, infer I> ? I : ArtifactMap;
type OutputsOf<S> = S extends Step<z.ZodType, ArtifactMap, infer O, infer T> ? O & Emitted<T> : ArtifactMap;
/** What a step that asks for `Metadata` has beside its own outputs. */
type Emitted<T> = true extends { [K in keyof T]: T[K] extends Token<infer M> ? SameType<M, Metadata> : false }[keyof T]
  ? { readonly [METADATA_OUTPUT]: typeof metadataOutput }
  : unknown;
type ConfigOf<S> = S extends Step<infer C> ? z.input<C> : unknown;
type IsOpen<S> = S extends { readonly definition: { readonly open?: infer O } }
  ? true extends O
    ? true
    : false
  : true;
type KindOf<A> = A extends Artifact<infer _F, infer K> ? K : string;

/** `phase.output` for every output whose kind fits `K`, over all phases of `P`; `phase[*].output` for all instances. */
type Reference<P, K extends string, Of extends Instances> = {
  [N in keyof P & string]: Suits<P[N], Of> extends true
    ? P[N] extends { readonly step: infer S extends keyof StepTypes }
      ? `${N}${Gather<Of>}.${Fitting<KindsOf<StepTypes[S], P[N]>, K>}`
      : `${N}${Gather<Of>}.${string}`
    : never;
}[keyof P & string];

/**
 * `one`: of a phase that has no instances; `own`: or the one with the same key; `all`: those of a phase that is fanned
 * out.
 */
type Instances = "one" | "own" | "all";

/** Where a phase may be fanned out or not, both ways are allowed. */
type Suits<G, Of extends Instances> = Of extends "all"
  ? "each" extends keyof G
    ? true
    : false
  : Of extends "one"
    ? G extends { readonly each: unknown }
      ? false
      : true
    : true;

/** What a phase takes where it does not gather. */
type From<G> = "each" extends keyof G ? "own" : "one";

/** The names of the outputs whose kind fits. */
type Fitting<Kinds, K extends string> = {
  [O in keyof Kinds & string]: Fits<Kinds[O] & string, K> extends true ? O : never;
}[keyof Kinds & string];

/** The kind of each output of a phase `G` of the step `S`. */
type KindsOf<S, G> = DeclaredKinds<OutputsOf<S>> & (IsOpen<S> extends true ? NamedKinds<G> : unknown);

type DeclaredKinds<O> = { readonly [N in keyof O]: KindOf<O[N]> };

/** The kinds of the outputs that a phase of an open step names; without one it is `*`, which fits no other. */
type NamedKinds<G> = G extends { readonly outputs: infer O }
  ? { readonly [N in keyof O]: O[N] extends { readonly kind: infer K } ? K : "*" }
  : unknown;

type Gather<Of extends Instances> = Of extends "all" ? "[*]" : "";

type Fits<Produced extends string, Wanted extends string> = Wanted extends "*"
  ? true
  : Produced extends Wanted
    ? true
    : false;

type Wire<P, A, Of extends Instances> = A extends { readonly mode: "gathered" }
  ? Reference<P, KindOf<A>, "all">
  : Reference<P, KindOf<A>, Of> | { readonly path: string } | Previous<P, A>;

/** An earlier run's artifact is absent the first time, so that only an optional input takes one. */
type Previous<P, A> = A extends { readonly mode: "optional" }
  ? { readonly previous: Reference<P, KindOf<A>, "one"> }
  : never;

/** The wiring of an input that the pipeline names itself. */
type AnyWire<P, Of extends Instances> =
  | Reference<P, "*", Of>
  | Reference<P, "*", "all">
  | { readonly path: string }
  | { readonly previous: Reference<P, "*", "one"> };

type RequiredInputs<I> = { [K in keyof I]: I[K] extends { readonly mode: "optional" } ? never : K }[keyof I];

type TypedInputs<P, I extends ArtifactMap, Of extends Instances> = {
  readonly [K in RequiredInputs<I>]: Wire<P, I[K], Of>;
} & {
  readonly [K in Exclude<keyof I, RequiredInputs<I>>]?: Wire<P, I[K], Of>;
};

/** Forbids, at every depth, the keys of `G` that `A` does not know: what is inferred is never looked at for those. */
type NoExtra<G, A> = unknown extends A
  ? unknown
  : G extends readonly unknown[]
    ? unknown
    : G extends object
      ? { readonly [K in keyof G]: K extends KeysOf<A> ? NoExtra<G[K], At<A, K>> : never }
      : unknown;

type KeysOf<A> = A extends object ? keyof A : never;
type At<A, K> = A extends object ? (K extends keyof A ? A[K] : never) : never;
