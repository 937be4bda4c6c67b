import { requireKnownFields } from "./require-known-fields.ts";

/** What a command knows. The terminal is attached: it reads and writes the process's own streams. */
export interface CommandContext {
  /** The words after the command's name. */
  readonly args: readonly string[];
  /** The directory in which it was called. */
  readonly cwd: string;
  /** Where the pipeline's runs are, absolute; it need not be there. */
  readonly runsDirectory: string;
  /** What plugins.json says to the plugin; plain JSON, unchecked. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What an author of a command writes. */
export interface CommandDefinition {
  /** One sentence for `plugins list`. */
  readonly summary: string;
  /** Gives the exit status, as docs/formats/errors.md says what each means. */
  run(context: CommandContext): Promise<number>;
}

/** A defined command. */
export interface Command {
  readonly orchestrate: "command";
  readonly definition: CommandDefinition;
}

/**
 * Defines a command that a plugin adds to `orchestrate`, under the name that its package.json gives. The module's
 * default export must be the result. It runs in a process of its own.
 *
 * @throws TypeError where the summary or `run` is missing or is not what it must be, or there is no such part.
 */
export function defineCommand(definition: CommandDefinition): Command {
  checkCommand(definition);
  return Object.freeze({ orchestrate: "command", definition });
}

/** What a compiler would say of a command's definition, for those who write JavaScript. */
function checkCommand(definition: object): void {
  requireKnownFields(definition, FIELDS);
  const { summary, run }: { readonly summary?: unknown; readonly run?: unknown } = { ...definition };
  if (typeof summary !== "string") throw new TypeError("`summary` must be a sentence that says what the command does.");
  if (typeof run !== "function") throw new TypeError("`run` must be a function.");
}

/** The compiler sees to it that none is missing. */
const FIELDS = Object.keys({ summary: true, run: true } satisfies Record<keyof CommandDefinition, true>);
