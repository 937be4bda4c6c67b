import type { Digest } from "@orchestrate/manifests";
import type { Finding, ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { GivenToStep } from "./executor.ts";

/** A module of a plugin: where it is, and the digest of its code, under which answers are kept. */
export interface ModuleReference {
  /** The step's name, or `token=provider`. */
  readonly name: string;
  readonly plugin: string;
  /** Absolute. */
  readonly module: string;
  readonly code: Digest;
}

/** A config as its schema parsed it, with the digest of its RFC 8785 JSON. */
export interface ParsedConfig {
  readonly value: Json;
  readonly digest: Digest;
}

/** What is wrong with a config. */
export interface ConfigIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Keys that are valid where an unknown one stands. */
  readonly known: readonly string[];
}

/** Asks plugins about their contracts, in a worker and under a timeout; answers are kept by code digest. */
export interface Inspector {
  step(reference: ModuleReference): Promise<StepContract>;
  service(reference: ModuleReference): Promise<ServiceContract>;
  /** Asks a provider that is `checked` whether what it needs of the machine is there. Never kept. */
  check(reference: ModuleReference): Promise<Finding>;
  /** The parsed config of a JSON text, where it is known already. */
  knownConfig(reference: ModuleReference, text: string): ParsedConfig | undefined;
  /** Parses JSON texts, in their order. */
  parseConfigs(
    reference: ModuleReference,
    texts: readonly string[],
  ): Promise<readonly (ParsedConfig | { readonly issues: readonly ConfigIssue[] })[]>;
  /** Asks a step that reads the outside world for its version; null where it can't be told. */
  version(request: VersionRequest): Promise<string | null>;
}

export interface VersionRequest extends GivenToStep {
  readonly reference: ModuleReference;
  readonly config: Json;
}
