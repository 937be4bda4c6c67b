import { z } from "zod";
import type { Artifact } from "./artifact.ts";
import { checkDefinition } from "./check-definition.ts";
import type { ArtifactMap, OutputMap, ServicesOf, StepContext, TokenMap } from "./context.ts";
import type { ArtifactContract, StepContract } from "./contract.ts";
import { metadataOutput } from "./emitted-record.ts";
import { METADATA_OUTPUT, Metadata } from "./metadata.ts";
import type { SameType } from "./same-type.ts";
import type { Processes } from "./services.ts";
import type { Token } from "./token.ts";

/** What an author writes: the contract as data, then `run`. */
export interface StepDefinition<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
> {
  /** One sentence for `plugins describe`. */
  readonly summary: string;
  /** A strict object of plain JSON: `z.strictObject({...})`. Unknown keys are refused; transforms are not allowed. */
  readonly config: C;
  readonly inputs?: I;
  readonly outputs?: O;
  /** Services by the name under which `run` finds them. */
  readonly services?: S;
  /** Purposes of randomness; each gives one number in `seeds`, derived from the run's seed. */
  readonly seeds?: readonly N[];
  /** Whether the pipeline names further inputs and outputs of its own (default false). */
  readonly open?: Open;
  /** `external`: the step changes something outside its staging directory, as a database table. */
  readonly effects?: "external";
  /** `external`: the step reads the outside world; without `version` it runs every time. */
  readonly reads?: "external";
  /**
   * Tells the version of what the step reads outside; equal answers allow reuse. Null is for what can't be told: the
   * step then runs every time, as one without `version` does. Of the services it finds those of plugins and the clock;
   * child processes and metadata belong to an attempt.
   */
  version?(context: {
    readonly config: z.output<C>;
    readonly services: Omit<ServicesOf<S>, OfAttempt<S>>;
    readonly env: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  }): Promise<string | null>;
  /** Files that the step reads as code, relative to its package: their content enters the fingerprint. */
  readonly code?: readonly string[];
  /**
   * Top-level config fields that may name code of the user's project: a string, a list of strings or a record of
   * strings. Each such string, as written, that is the path of an existing file below the pipeline's directory counts
   * as code: its content enters the fingerprint, and `context.code` tells `run` where it lies.
   */
  readonly codeFields?: readonly string[];
  /**
   * Top-level config fields that name a program: a string, or a list whose first item it is. Where that program is not
   * a file of the project, the file that PATH finds for it enters the fingerprint.
   */
  readonly programFields?: readonly string[];
  /**
   * Top-level config fields in whose strings the step puts in templates of its own, `${…}`. What the engine puts there
   * of a fan-out's item is no template: a dollar in it that would begin one is written `${$}`, for which the step puts
   * in `$`. `${inputs.NAME}` and `${outputs.NAME}` must name an input and an output of the phase: the plan refuses
   * others.
   */
  readonly templateFields?: readonly string[];
  /** What one attempt takes, unless the pipeline says otherwise (default: 1 cpu, 0 MiB, 0 gpu). */
  readonly resources?: { readonly cpu?: number; readonly memory?: number; readonly gpu?: number };
  run(context: StepContext<C, I, O, S, N, Open>): Promise<void>;
}

/** The names of those services that belong to an attempt. */
type OfAttempt<S extends TokenMap> = {
  [K in keyof S]: S[K] extends Token<infer T>
    ? true extends SameType<T, Processes> | SameType<T, Metadata>
      ? K
      : never
    : never;
}[keyof S];

/** A defined step: the definition, and its contract as data. */
export interface Step<
  C extends z.ZodType = z.ZodType,
  I extends ArtifactMap = ArtifactMap,
  O extends ArtifactMap = ArtifactMap,
  S extends TokenMap = TokenMap,
  N extends string = string,
  Open extends boolean = boolean,
> {
  readonly orchestrate: "step";
  readonly definition: StepDefinition<C, I, O, S, N, Open>;
  contract(): StepContract;
}

/** Any step, whatever it declares. Its `run` can't be called without knowing more. */
export interface AnyStep {
  readonly orchestrate: "step";
  readonly definition: object;
  contract(): StepContract;
}

/**
 * Defines a step. The module's default export must be the result.
 *
 * @throws TypeError where a part that a step must have is missing or is not what it must be, there is no such part, a
 * declared name is not a lower-case identifier, one output lies where or below where another does, or a step that asks
 * for `Metadata` declares the output `metadata` itself.
 */
export function defineStep<
  C extends z.ZodType,
  const I extends ArtifactMap = Record<never, never>,
  const O extends OutputMap = Record<never, never>,
  const S extends TokenMap = Record<never, never>,
  const N extends string = never,
  const Open extends boolean = false,
>(definition: StepDefinition<C, I, O, S, N, Open>): Step<C, I, O, S, N, Open> {
  checkDefinition(definition);
  checkNames("input", Object.keys(definition.inputs ?? {}));
  checkNames("output", Object.keys(definition.outputs ?? {}));
  const whole = withMetadata(definition);
  checkPaths(whole.outputs ?? {});
  return Object.freeze({ orchestrate: "step", definition: whole, contract: () => describe(whole) });
}

/** A step that emits metadata has an output that takes it. */
function withMetadata<D extends { readonly services?: TokenMap; readonly outputs?: ArtifactMap }>(definition: D): D {
  if (!Object.values(definition.services ?? {}).some(({ token }) => token === Metadata.token)) return definition;
  if (Object.hasOwn(definition.outputs ?? {}, METADATA_OUTPUT))
    throw new TypeError(`output "${METADATA_OUTPUT}" is where the service Metadata writes: call yours otherwise.`);
  return { ...definition, outputs: { ...definition.outputs, [METADATA_OUTPUT]: metadataOutput } };
}

function checkNames(role: string, names: readonly string[]): void {
  for (const name of names) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(name)) {
      throw new TypeError(`${role} "${name}" must begin with a lower-case letter and hold only letters, digits and _.`);
    }
  }
}

function checkPaths(outputs: ArtifactMap): void {
  const seen: string[] = [];
  for (const [name, output] of Object.entries(outputs)) {
    const path = output.path ?? name;
    if (path.startsWith("/") || path.split("/").some((part) => part === ".." || part === "." || part === "")) {
      throw new TypeError(`output "${name}" lies at "${path}", which is not a plain relative path.`);
    }
    const other = seen.find((each) => `${path}/`.startsWith(`${each}/`) || `${each}/`.startsWith(`${path}/`));
    if (other === path) throw new TypeError(`two outputs lie at "${path}".`);
    if (other !== undefined) throw new TypeError(`output "${name}" lies at "${path}", and another at "${other}".`);
    seen.push(path);
  }
}

function describe(definition: {
  readonly summary: string;
  readonly config: z.ZodType;
  readonly inputs?: ArtifactMap;
  readonly outputs?: ArtifactMap;
  readonly services?: TokenMap;
  readonly seeds?: readonly string[];
  readonly open?: boolean;
  readonly effects?: "external";
  readonly reads?: "external";
  readonly version?: unknown;
  readonly code?: readonly string[];
  readonly codeFields?: readonly string[];
  readonly programFields?: readonly string[];
  readonly templateFields?: readonly string[];
  readonly resources?: { readonly cpu?: number; readonly memory?: number; readonly gpu?: number };
}): StepContract {
  return {
    summary: definition.summary,
    config: z.toJSONSchema(definition.config, { io: "input", unrepresentable: "any" }),
    inputs: describeAll(definition.inputs ?? {}),
    outputs: describeAll(definition.outputs ?? {}),
    open: definition.open ?? false,
    services: Object.fromEntries(Object.entries(definition.services ?? {}).map(([name, { token }]) => [name, token])),
    seeds: [...(definition.seeds ?? [])],
    effects: definition.effects ?? "none",
    reads: definition.reads ?? "none",
    versioned: definition.version !== undefined,
    code: [...(definition.code ?? [])],
    codeFields: [...(definition.codeFields ?? [])],
    programFields: [...(definition.programFields ?? [])],
    templateFields: [...(definition.templateFields ?? [])],
    resources: { cpu: 1, memory: 0, gpu: 0, ...definition.resources },
  };
}

function describeAll(artifacts: ArtifactMap): Record<string, ArtifactContract> {
  return Object.fromEntries(Object.entries(artifacts).map(([name, artifact]) => [name, describeArtifact(artifact)]));
}

function describeArtifact({ form, kind, path, mode, schema }: Artifact): ArtifactContract {
  return {
    form,
    kind,
    path: path ?? null,
    mode,
    schema: schema === undefined ? null : z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }),
  };
}
