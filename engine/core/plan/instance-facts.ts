import type { Digest } from "@orchestrate/manifests";
import type { Json } from "../pipeline/pipeline.ts";

/** What had to be looked up of an instance before it can be decided on. */
export interface InstanceFacts {
  /** The config as the step parsed it, every default in it. */
  readonly config: { readonly value: Json; readonly digest: Digest };
  /** Inputs from outside, by input name. */
  readonly sources: Readonly<Record<string, { readonly path: string; readonly digest: Digest }>>;
  /** By token: the digest of provider, version, code and parsed options. */
  readonly services: Readonly<Record<string, Digest>>;
  /** By name: the value, or null where it is not set. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Declared files and programs that count as code. */
  readonly files: Readonly<Record<string, Digest>>;
  /** What the step says of the outside world that it reads; null where it says nothing, or can't tell. */
  readonly version: string | null;
}

/** A `previous` input as pinned when the run began; null where there was nothing yet. */
export type Pinned = {
  readonly run: string;
  /** Absolute path of the artifact. */
  readonly path: string;
  readonly digest: Digest;
  readonly manifest: Digest;
  /** As `committedAfter` tells; undefined in a run that an older engine began. */
  readonly committed?: string | undefined;
} | null;
