import type { Digest } from "@orchestrate/manifests";
import type { ArtifactForm, ErrorEnvelope, Resources } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";

/** A committed artifact, as an attempt finds it. */
export interface LocatedInput {
  /** Absolute. */
  readonly path: string;
  readonly digest: Digest;
  readonly form: ArtifactForm;
}

/** An input: one artifact, the list of a gathered one, or null where it is optional and absent. */
export type AttemptInput =
  | { readonly is: "one"; readonly artifact: LocatedInput }
  | {
      readonly is: "list";
      readonly artifacts: readonly (LocatedInput & { readonly key: string; readonly item: Json })[];
    }
  | { readonly is: "absent" };

/** A service that the step asks for, as chosen: where its provider is, and with which options. */
export interface AttemptService {
  readonly token: string;
  readonly name: string;
  /** Absolute path of the provider's module. */
  readonly module: string;
  readonly options: Json;
}

/** What a step is given besides its config. */
export interface GivenToStep {
  readonly services: readonly AttemptService[];
  /** Variables of the environment that are set, by name; of secrets likewise. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** All that an executor needs to run one attempt, as plain data. */
export interface AttemptOrder extends GivenToStep {
  /** `run/phase/n` or `run/phase/key/n`, which every process of the attempt carries as ORCHESTRATE_ATTEMPT. */
  readonly attempt: string;
  readonly number: number;
  readonly step: { readonly name: string /** Absolute path of the step's module. */; readonly module: string };
  /** Absolute; exists and is empty. */
  readonly staging: string;
  /** Absolute path of the phase's log. */
  readonly log: string;
  /** Absolute path of the phase's directory, below which attempts keep their checkpoints. */
  readonly phaseDirectory: string;
  readonly fingerprint: Digest;
  readonly durability: "strict" | "relaxed";
  readonly config: Json;
  readonly inputs: Readonly<Record<string, AttemptInput>>;
  /** Outputs that the pipeline declares, for an open step. */
  readonly outputs: Readonly<Record<string, { readonly path: string; readonly form: "file" | "directory" }>>;
  /** Files of the project that the config names: as written, to absolute path. */
  readonly code: Readonly<Record<string, string>>;
  /** Absolute path of the pipeline's directory. */
  readonly project: string;
  readonly seeds: Readonly<Record<string, number>>;
  readonly resources: Resources;
  /** Absent where the phase is not fanned out. */
  readonly item?: Json;
  readonly token: string;
  readonly series: string;
  readonly timeoutMs: number | null;
}

/** What an attempt tells while it runs. */
export type AttemptReport =
  | { readonly type: "progress"; readonly done: number; readonly total: number; readonly message?: string }
  | { readonly type: "metric"; readonly name: string; readonly value: number; readonly step?: number }
  | { readonly type: "checkpoint"; readonly digest: Digest; readonly size: number };

/** A file of an input that shall be a file of an output as it is. */
export interface CarriedFile {
  /** POSIX, relative to the staging directory, where there is nothing yet. */
  readonly path: string;
  /** Absolute. */
  readonly from: string;
}

/** What an attempt whose step ended well leaves, beside its staging directory. */
export interface Completed {
  readonly metrics: Readonly<Record<string, number>>;
  readonly carried: readonly CarriedFile[];
}

export type AttemptResult =
  | ({ readonly type: "completed" } & Completed)
  | { readonly type: "failed"; readonly error: ErrorEnvelope }
  | { readonly type: "aborted" };

/** Where attempts run. When `run` has settled, no process of the attempt that could be found is alive. */
export interface Executor {
  /** @param signal aborts the attempt: the step is told, and killed after a grace period. */
  run(order: AttemptOrder, report: (report: AttemptReport) => void, signal: AbortSignal): Promise<AttemptResult>;
  /** Ends every process at once; attempts that still run settle as aborted. */
  kill(): void;
  /** Ends the executor's idle processes. */
  close(): void;
}
