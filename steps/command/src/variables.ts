import { type CommandConfig, textOf } from "./config.ts";
import type { Places } from "./places.ts";

/**
 * The variables of the config, and all that a command may refer to: `INPUT_text`, `OUTPUT_counts`, `FILE_script`,
 * `ITEM`, `ITEM_lr`, `SEED`, `CHECKPOINT`. A field of an item whose name can't be that of a variable is left out;
 * `ITEM` holds it all the same.
 */
export function variables(config: CommandConfig, known: Places): Readonly<Record<string, string>> {
  const given = Object.entries(config.env).map(([name, value]) => [name, textOf(value)] as const);
  const named = [...known].map(([name, text]) => [variableOf(name), text] as const);
  return Object.fromEntries([...given, ...named.filter(([name]) => /^[A-Z]+(_[A-Za-z0-9_]+)?$/.test(name))]);
}

const PREFIX: Readonly<Record<string, string>> = {
  inputs: "INPUT",
  outputs: "OUTPUT",
  files: "FILE",
  item: "ITEM",
  seed: "SEED",
  checkpoint: "CHECKPOINT",
};

function variableOf(name: string): string {
  const [role = "", ...fields] = name.split(".");
  return [PREFIX[role] ?? role, ...fields].join("_");
}
