import type { z } from "zod";
import type { ArtifactMap, Resources, TokenMap } from "./context.ts";
import { requireKnownFields } from "./require-known-fields.ts";
import type { StepDefinition } from "./step.ts";

/**
 * What a compiler would say of a step's definition, for those who write JavaScript.
 *
 * @throws TypeError where the summary, the schema or `run` is missing, another part is not what it must be, or there is
 * none.
 */
export function checkDefinition(definition: object): void {
  requireKnownFields(definition, FIELDS);
  const { summary, config, inputs, outputs, run, version, effects, reads, services, resources, ...rest }: Parts = {
    ...definition,
  };
  if (typeof summary !== "string") throw new TypeError("`summary` must be a sentence that says what the step does.");
  if (!isSchema(config))
    throw new TypeError("`config` must be a schema: z.strictObject({}) for a step that takes none.");
  if (typeof run !== "function") throw new TypeError("`run` must be a function.");
  for (const [name, value] of Object.entries({ effects, reads }))
    if (value !== undefined && value !== "external")
      throw new TypeError(`\`${name}\` must be "external", or be left out.`);
  if (version !== undefined && typeof version !== "function")
    throw new TypeError("`version` must be a function, or be left out.");
  for (const name of LISTS) checkTexts(name, rest[name]);
  for (const name of LISTS_OF_FIELDS) checkFields(name, rest[name], config);
  for (const [role, artifacts] of Object.entries({ input: inputs, output: outputs }))
    for (const [name, artifact] of Object.entries(artifacts ?? {})) checkArtifact(role, name, artifact);
  for (const [name, token] of Object.entries(services ?? {}))
    if (typeof token?.token !== "string") throw new TypeError(`the service "${name}" must be asked for by a token.`);
  for (const [name, amount] of Object.entries(resources ?? {}))
    if (!RESOURCES.includes(name))
      throw new TypeError(`\`resources.${name}\` is not known: there are ${RESOURCES.join(", ")}.`);
    else if (typeof amount !== "number" || !(amount >= 0) || amount === Number.POSITIVE_INFINITY)
      throw new TypeError(`\`resources.${name}\` must be a number, and not less than 0.`);
}

/** Lists of names of config fields. */
const LISTS_OF_FIELDS = ["codeFields", "programFields", "templateFields"];
const LISTS = ["seeds", "code", ...LISTS_OF_FIELDS];

const RESOURCES = Object.keys({ cpu: true, memory: true, gpu: true } satisfies Record<keyof Resources, true>);

/** The compiler sees to it that none is missing. */
const FIELDS = Object.keys({
  summary: true,
  config: true,
  inputs: true,
  outputs: true,
  services: true,
  seeds: true,
  open: true,
  effects: true,
  reads: true,
  version: true,
  code: true,
  codeFields: true,
  programFields: true,
  templateFields: true,
  resources: true,
  run: true,
} satisfies Record<keyof AnyDefinition, true>);

type AnyDefinition = StepDefinition<z.ZodType, ArtifactMap, ArtifactMap, TokenMap, string, boolean>;

type Parts = Readonly<Record<string, unknown>> & {
  readonly inputs?: Artifacts;
  readonly outputs?: Artifacts;
  readonly services?: Readonly<Record<string, { readonly token?: unknown } | undefined>>;
  readonly resources?: Readonly<Record<string, unknown>>;
};

type Artifacts = Readonly<Record<string, { readonly form?: unknown; readonly mode?: unknown } | undefined>>;

/** @throws TypeError where it is there, and no list of texts. */
export function checkTexts(name: string, list: unknown): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) throw new TypeError(`\`${name}\` must be a list.`);
  if (list.some((entry) => typeof entry !== "string")) throw new TypeError(`\`${name}\` must be a list of texts.`);
}

/** A misspelt one would be passed over, and what it should name would count for nothing. */
function checkFields(name: string, list: unknown, config: object): void {
  if (!Array.isArray(list) || !("shape" in config) || typeof config.shape !== "object" || config.shape === null) return;
  const shape = config.shape;
  const unknown = list.find((field: string) => !Object.hasOwn(shape, field));
  if (unknown !== undefined) throw new TypeError(`\`${name}\` names "${unknown}", and \`config\` has no such field.`);
}

function checkArtifact(role: string, name: string, artifact: Artifacts[string]): void {
  if (typeof artifact?.form !== "string")
    throw new TypeError(`the ${role} "${name}" must be declared by file, json, ndjson or directory.`);
  if (role === "output" && artifact.mode === "gathered")
    throw new TypeError(`the output "${name}" is gathered, as only an input can be.`);
}

/** Any copy of zod will do, so that the class says nothing. */
export function isSchema(value: unknown): value is object {
  return typeof value === "object" && value !== null && "safeParse" in value;
}
