import type { z } from "zod";
import type { ArtifactMap, Progress, Resources, TokenMap } from "../context.ts";
import type { Token } from "../token.ts";
import type { FakeInput, FakeInstance } from "./fake-input.ts";

/** What a step is run with. All but `config`, where the step has required fields, may be left out. */
export interface FakeOptions<
  C extends z.ZodType = z.ZodType,
  I extends ArtifactMap = ArtifactMap,
  S extends TokenMap = TokenMap,
> {
  /** As written in a pipeline; the step's schema is applied. Default: `{}`. */
  readonly config?: z.input<C>;
  readonly inputs?: { readonly [K in keyof I]?: FakeInput | readonly FakeInstance[] } & Readonly<
    Record<string, FakeInput | readonly FakeInstance[] | undefined>
  >;
  /** Of a step with `open: true`: name to path; a path that ends in `/` is a directory. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** By the names under which the step asks. Left out, a clock whose sleeps take no time and real child processes. */
  readonly services?: { readonly [K in keyof S]?: S[K] extends Token<infer T> ? T : never };
  readonly item?: unknown;
  /** The run's seed (default 1). */
  readonly seed?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly resources?: Partial<Resources>;
  readonly signal?: AbortSignal;
  /** What `checkpoint.load` gives before the step has saved one. */
  readonly checkpoint?: Uint8Array;
  /** The pipeline's directory; that around the staging directory where it is left out. */
  readonly project?: string;
  /** The commit token, which is that of another run where it differs (default: the same in every run). */
  readonly token?: string;
  /** What tells the phase instance from others, in all runs (default: the same for every one). */
  readonly series?: string;
  /** Called with every progress report, so that a test can act in the midst of a run. */
  readonly onProgress?: Progress;
  /** Called with every checkpoint, once it is saved. */
  readonly onCheckpoint?: (data: Uint8Array) => void;
  /** A directory to work in, which is kept; a temporary one where it is left out. */
  readonly directory?: string;
}
