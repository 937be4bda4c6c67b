import type { ArtifactForm, ArtifactMode } from "./artifact.ts";

/** The version of the contract between engine and plugins; package.json's `orchestrate.api` must be equal. */
export const API = 1;

/** An input or output declaration as data. */
export interface ArtifactContract {
  readonly form: ArtifactForm;
  readonly kind: string;
  readonly path: string | null;
  readonly mode: ArtifactMode;
  /** JSON Schema of the document or row. */
  readonly schema: unknown;
}

/** A step's contract as data: what planning knows of a step without running its code. */
export interface StepContract {
  readonly summary: string;
  /** JSON Schema of the config. */
  readonly config: unknown;
  readonly inputs: Readonly<Record<string, ArtifactContract>>;
  readonly outputs: Readonly<Record<string, ArtifactContract>>;
  readonly open: boolean;
  /** Context name to token. */
  readonly services: Readonly<Record<string, string>>;
  readonly seeds: readonly string[];
  readonly effects: "none" | "external";
  readonly reads: "none" | "external";
  /** Whether the step can tell the version of the outside world that it reads. */
  readonly versioned: boolean;
  /** Files whose content counts as code, relative to the package of the step. */
  readonly code: readonly string[];
  /** Config fields whose strings may name files of the project; see `StepDefinition.codeFields`. */
  readonly codeFields: readonly string[];
  /** Config fields that name a program; see `StepDefinition.programFields`. */
  readonly programFields: readonly string[];
  /** Config fields that hold templates of the step's own; see `StepDefinition.templateFields`. */
  readonly templateFields: readonly string[];
  readonly resources: { readonly cpu: number; readonly memory: number; readonly gpu: number };
}

/** A service provider's contract as data. */
export interface ServiceContract {
  readonly token: string;
  readonly summary: string;
  /** JSON Schema of the options. */
  readonly options: unknown;
  readonly scope: "attempt" | "worker";
  readonly code: readonly string[];
  /** Whether the provider can tell if what it needs of the machine is there. */
  readonly checked: boolean;
}
