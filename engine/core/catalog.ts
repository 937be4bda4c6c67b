import type { Digest } from "@orchestrate/manifests";
import type { ServiceContract, StepContract } from "@orchestrate/sdk";

/** What planning knows of a step: its contract as data, and what its code digest covers. */
export interface StepFacts {
  readonly name: string;
  readonly plugin: string;
  readonly version: string;
  /** The digest over `files`. */
  readonly code: Digest;
  /** Every file (relative to its package) and package that the code digest covers, with its digest or integrity. */
  readonly files: Readonly<Record<string, string>>;
  readonly contract: StepContract;
}

/** What planning knows of a service provider. */
export interface ServiceFacts {
  readonly token: string;
  /** The provider's name within the token, as `embedded`. */
  readonly name: string;
  readonly plugin: string;
  readonly version: string;
  readonly code: Digest;
  readonly files: Readonly<Record<string, string>>;
  readonly contract: ServiceContract;
}

/** The steps that a pipeline uses and the providers of the services they ask for, in the order of plugins.json. */
export interface Catalog {
  readonly steps: ReadonlyMap<string, StepFacts>;
  readonly providers: ReadonlyMap<string, readonly ServiceFacts[]>;
  /** Every token of which some plugin provides a service, asked for or not. */
  readonly tokens: ReadonlySet<string>;
}
