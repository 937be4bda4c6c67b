import { type AnyInput, type AnyOutput, type Gathered, StepError } from "@orchestrate/sdk";
import type { CommandConfig } from "./config.ts";

/**
 * All that a command may refer to, by the name that stands in a template: `inputs.text`, `outputs.counts`,
 * `files.script`, `item`, `item.lr`, `seed`, `checkpoint`. Inputs, files and the checkpoint are absolute paths, outputs
 * relative to the working directory. The text of an item, or of one of its fields, is the string itself, or JSON of all
 * else.
 */
export type Places = ReadonlyMap<string, string>;

/** @throws StepError `project-file-missing` where `config.files` names no file of the project. */
export function places(context: {
  readonly config: CommandConfig;
  readonly code: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, AnyInput | readonly Gathered<AnyInput>[] | undefined>>;
  readonly outputs: Readonly<Record<string, AnyOutput>>;
  readonly item: unknown;
  readonly seed: number;
  /** The file that lists a gathered input, by the input's name. */
  readonly lists: Readonly<Record<string, string>>;
  /** Where the program keeps its state, to go on from there. */
  readonly checkpoint: string;
}): Places {
  const known = new Map<string, string>();
  for (const [name, input] of Object.entries(context.inputs)) {
    const path = context.lists[name] ?? (input !== undefined && "path" in input ? input.path : undefined);
    if (path !== undefined) known.set(`inputs.${name}`, path);
  }
  for (const [name, { path }] of Object.entries(context.outputs)) known.set(`outputs.${name}`, path);
  for (const [name, written] of Object.entries(context.config.files)) {
    known.set(`files.${name}`, context.code[written] ?? missing(name, written));
  }
  addItem(known, "item", context.item);
  known.set("seed", String(context.seed));
  known.set("checkpoint", context.checkpoint);
  return known;
}

function missing(name: string, written: string): never {
  throw new StepError({
    error: "project-file-missing",
    category: "input",
    detail: `"${written}", which the config calls files.${name}, is no file below the pipeline's directory.`,
    hint: "Write its path relative to the pipeline file.",
  });
}

function addItem(known: Map<string, string>, name: string, value: unknown): void {
  if (value === undefined) return;
  known.set(name, typeof value === "string" ? value : JSON.stringify(value));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [field, inner] of Object.entries(value)) addItem(known, `${name}.${field}`, inner);
}
