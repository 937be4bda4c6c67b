import { Command, CommanderError, InvalidArgumentError } from "commander";
import { COMMANDS, type CommandEntry, type OptionEntry } from "./command-table.ts";
import { FOREIGN_WORDS } from "./foreign-words.ts";
import { isOwnCommand } from "./is-own-command.ts";

/** Called with the command that the words name. */
export type Chosen = (
  entry: CommandEntry,
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => Promise<void>;

/** The program that reads the command line. No command's module is loaded for it. */
export function buildProgram(version: string, chosen: Chosen): Command {
  const program = configure(
    new Command("orchestrate"),
    "Runs pipelines of steps, with a lineage record for every result.",
  )
    .version(version)
    .addHelpText("after", "\nPlugins may bring more commands: orchestrate plugins list names them.")
    .option("--json", "print results as JSON, and errors as a JSON envelope");
  const groups = new Map<string, Command>();
  for (const entry of COMMANDS) {
    const [first = "", second = ""] = entry.usage.split(" ");
    const isNested = /^[a-z]/.test(second);
    const parent = isNested ? group(program, groups, first) : program;
    const command = parent.command(isNested ? entry.usage.slice(first.length + 1) : entry.usage);
    configure(command, entry.summary).option("--json", "print the result as JSON");
    for (const option of entry.options) addOption(command, option);
    command.action(async (...words: readonly unknown[]) => {
      const args = words.slice(0, -2).filter((word): word is string => typeof word === "string");
      await chosen(entry, args, command.opts());
    });
  }
  return program;
}

const GROUPS: Readonly<Record<string, string>> = {
  profile: "list and show profiles",
  plugins: "use plugins, and write them",
};

function group(program: Command, groups: Map<string, Command>, name: string): Command {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const made = configure(program.command(name), GROUPS[name] ?? "");
  groups.set(name, made);
  return made;
}

function configure(command: Command, summary: string): Command {
  return command
    .description(summary)
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => {} });
}

function addOption(command: Command, { flags, summary, values }: OptionEntry): void {
  if (!flags.endsWith(">")) command.option(flags, summary);
  else if (values === undefined) command.option(flags, summary, (value: string) => filled([value])[0]);
  else if (values === "once")
    command.option(flags, summary, (value: string, before?: string) => {
      if (before !== undefined) throw new InvalidArgumentError(`There is "${before}" already.`);
      return filled([value])[0];
    });
  else
    command.option(flags, summary, (value: string, before: readonly string[] = []) => [
      ...before,
      ...filled(values === "list" ? value.split(",") : [value]),
    ]);
}

/** What an empty variable of a shell leaves must not read as if the option had not been given. */
function filled(values: readonly string[]): readonly string[] {
  const given = values.filter((value) => value !== "");
  if (given.length === 0) throw new InvalidArgumentError("It is empty.");
  return given;
}

/** Whether the words name a command that is not the engine's own; it may be a plugin's, and so may its help. */
export function namesOtherCommand(words: readonly string[]): boolean {
  const name = words.find((word) => !word.startsWith("-"));
  return name !== undefined && !isOwnCommand(name);
}

/** What is wrong with a command line. The error itself is made elsewhere: its class would load half the engine. */
export interface UsageFault {
  readonly detail: string;
  readonly hint: string;
}

/** Turns commander's error into words; undefined for `--help` and `--version`, which are none. */
export function programError(
  error: unknown,
  words: readonly string[],
): UsageFault | { readonly thrown: unknown } | undefined {
  if (!(error instanceof CommanderError)) return { thrown: error };
  if (error.exitCode === 0) return undefined;
  if (error.code === "commander.help") return commandMissing(words.find((word) => !word.startsWith("-")));
  const [what = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = rest.join(" ").replace(/^\(|\)$/g, "");
  const detail = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.?$/, ".");
  const foreign = FOREIGN_WORDS.get(/^unknown (?:option|command) '(.*)'$/.exec(what)?.[1] ?? "");
  if (foreign !== undefined) return { detail, hint: foreign };
  if (what.startsWith("unknown command ") && suggestion === "") return { detail, hint: ELSEWHERE };
  if (suggestion === "") return { detail, hint: `See ${commandIn(words)} --help.` };
  return { detail, hint: suggestion.endsWith("?") ? suggestion : `${suggestion}.` };
}

const ELSEWHERE =
  "See orchestrate --help. A plugin's commands are there while it is on: orchestrate plugins list names them.";

/** The command that the words begin with, as far as there is one. */
function commandIn(words: readonly string[]): string {
  const given = `${words.filter((word) => !word.startsWith("-")).join(" ")} `;
  const names = COMMANDS.map(({ usage }) => usage.split(/ (?=[<[])/)[0]!);
  return ["orchestrate", ...names.filter((name) => given.startsWith(`${name} `))].join(" ");
}

function commandMissing(group: string | undefined): UsageFault {
  if (group === undefined) return { detail: "No command is named.", hint: "See orchestrate --help." };
  const names = COMMANDS.map(({ usage }) => usage.split(" ")).filter(([first]) => first === group);
  return {
    detail: `${group} wants a command of its own.`,
    hint: `There are ${names.map(([, second]) => second).join(", ")}; see orchestrate ${group} --help.`,
  };
}
