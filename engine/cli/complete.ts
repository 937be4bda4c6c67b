import { type Command, RootCommand } from "@bomb.sh/tab";
import { COMMANDS, type CommandEntry } from "./command-table.ts";
import { type CompletedNames, completedNames } from "./completed-names.ts";
import type { Invocation } from "./invocation.ts";

/**
 * Answers the shell at a tab: what may stand where the last of the words is. Writes to stdout, as the shell expects.
 */
export async function complete(invocation: Invocation, words: readonly string[]): Promise<void> {
  const names = await completedNames(invocation);
  const root = new RootCommand();
  for (const entry of COMMANDS) addCommand(root, entry, names);
  root.parse([...(words[0] === "--" ? words.slice(1) : words)]);
}

function addCommand(root: RootCommand, { usage, summary, options }: CommandEntry, names: CompletedNames): void {
  const words = usage.split(" ");
  const name = words.filter((word) => /^[a-z]/.test(word)).join(" ");
  const [group = ""] = name.split(" ");
  // Without it the library does not find the words below it.
  if (group !== name && !root.commands.has(group)) root.command(group, "");
  const command = root.command(name, summary);
  for (const word of words.filter((word) => /^[<[]/.test(word))) {
    const argument = word.slice(1, -1);
    const values = argumentValues(name, argument, names);
    command.argument(
      argument,
      values === undefined ? undefined : (give) => values.forEach((value) => void give(value, "")),
    );
  }
  for (const { flags, summary: what } of options) addOption(command, flags, what, names);
  command.option("json", "print the result as JSON");
}

function addOption(command: Command, flags: string, summary: string, names: CompletedNames): void {
  const long = /--([a-z-]+)/.exec(flags)?.[1] ?? "";
  const short = /^-(\w),/.exec(flags)?.[1];
  if (!flags.includes("<")) return void command.option(long, summary, short);
  const values = optionValues(long, names);
  command.option(long, summary, (give) => values.forEach((value) => void give(value, "")), short);
}

function argumentValues(command: string, argument: string, names: CompletedNames): readonly string[] | undefined {
  if (argument === "phase") return names.phases;
  if (["run", "a", "b"].includes(argument)) return names.runs;
  if (argument === "shell") return names.shells;
  if (command === "step") return names.steps;
  if (command === "profile describe") return names.profiles;
  if (command === "plugins describe" || command === "plugins remove") return names.plugins;
  return undefined;
}

function optionValues(option: string, names: CompletedNames): readonly string[] {
  if (["phases", "force", "from"].includes(option)) return names.phases;
  if (option === "profile") return names.profiles;
  return FIXED[option] ?? [];
}

const FIXED: Readonly<Record<string, readonly string[]>> = {
  format: ["yaml", "json"],
  graph: ["mermaid"],
  language: ["typescript", "javascript"],
  sources: ["check", "skip"],
};
