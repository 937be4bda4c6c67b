import type { z } from "zod";
import type { Artifact, ArtifactForm } from "./artifact.ts";
import type { AnyInput, AnyOutput, Gathered, InputHandle, OutputHandle } from "./handles.ts";
import type { Token } from "./token.ts";

/** Writes to the phase's log; the lines appear with `orchestrate logs PHASE`. `fields` is plain JSON. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Tells how far the step is: `done` of `total` in any unit. Shown as a bar; never part of a result. */
export type Progress = (done: number, total: number, message?: string) => void;

/** What the schedule granted this attempt. */
export interface Resources {
  /** Processor cores. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** Accelerators. */
  readonly gpu: number;
}

/**
 * Lets a long step go on where it was killed. Checkpoints outlive the attempt, are kept by digest and are only ever
 * given to an attempt with an equal fingerprint. Saving is atomic.
 */
export interface Checkpoints {
  /** The newest valid checkpoint, or undefined. */
  load(): Promise<Uint8Array | undefined>;
  save(data: Uint8Array): Promise<void>;
}

export type ArtifactMap = Readonly<Record<string, Artifact>>;
/** Outputs are one artifact each; what gathers is an input. */
export type OutputMap = Readonly<Record<string, Artifact<ArtifactForm, string, unknown, "required" | "optional">>>;
export type TokenMap = Readonly<Record<string, Token<unknown>>>;

/** The services of an attempt, by the names under which the step asks. */
export type ServicesOf<S extends TokenMap> = { readonly [K in keyof S]: S[K] extends Token<infer T> ? T : never };

/** All that a step may know. Its working directory is its staging directory. */
export interface StepContext<
  C extends z.ZodType = z.ZodType,
  I extends ArtifactMap = ArtifactMap,
  O extends ArtifactMap = ArtifactMap,
  S extends TokenMap = TokenMap,
  N extends string = string,
  Open extends boolean = boolean,
> {
  readonly config: z.output<C>;
  readonly inputs: { readonly [K in keyof I]: InputHandle<I[K]> } & (Open extends true
    ? Readonly<Record<string, AnyInput | readonly Gathered<AnyInput>[] | undefined>>
    : unknown);
  readonly outputs: { readonly [K in keyof O]: OutputHandle<O[K]> } & (Open extends true
    ? Readonly<Record<string, AnyOutput>>
    : unknown);
  readonly services: ServicesOf<S>;
  /** One 32-bit unsigned integer for each declared purpose, derived from the run's seed. */
  readonly seeds: Readonly<Record<N, number>>;
  readonly resources: Resources;
  /** The item of the fan-out this instance was made from; undefined where the phase has no `each`. */
  readonly item: unknown;
  /** Files of the project that the config names in the contract's `codeFields`: as written there, to absolute path. */
  readonly code: Readonly<Record<string, string>>;
  /**
   * The pipeline's directory, absolute: where relative paths start that name something outside the run, which the step
   * changes (`effects`) or reads (`reads`). What a result depends on is wired as an input instead.
   */
  readonly project: string;
  /** Environment variables that the phase allows by `env`, as they are set. */
  readonly env: Readonly<Record<string, string>>;
  /** Values of the phase's `secrets`, by name. They are masked in every log. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * The commit token: a digest of run and phase instance, equal in all attempts. A step with external effects stores
   * it in the transaction that makes the effect, and does nothing where it finds it there.
   */
  readonly token: string;
  /**
   * A digest of pipeline, its `state` and phase instance, equal in all runs: under it a step keeps outside of them what
   * its next run goes on from, apart from what other phases keep there.
   */
  readonly series: string;
  readonly checkpoint: Checkpoints;
  readonly progress: Progress;
  /**
   * Records a number: the last value of each name goes into the manifest, every value into the journal with its `step`.
   */
  readonly metric: (name: string, value: number, step?: number) => void;
  readonly log: Log;
  /** Aborts when the phase times out or the run is interrupted; the process is killed after a grace period. */
  readonly signal: AbortSignal;
}
