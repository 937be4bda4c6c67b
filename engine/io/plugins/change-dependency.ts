import { OrchestrateError } from "@orchestrate/sdk";
import { execa } from "execa";
import { type Agent, detect, resolveCommand } from "package-manager-detector";

/** What becomes of a dependency of the project. */
export type DependencyChange =
  | { readonly do: "add"; readonly what: string }
  | { readonly do: "uninstall"; readonly what: string };

/**
 * Has the project's own package manager, told by its lockfile or package.json (else npm), install or uninstall. What it
 * says goes to `say`, line by line.
 *
 * @throws OrchestrateError `package-manager-failed` (io)
 */
export async function changeDependency(
  act: DependencyChange,
  root: string,
  say: (line: string) => void,
): Promise<void> {
  const agent: Agent = (await detect({ cwd: root }))?.agent ?? "npm";
  const command = resolveCommand(agent, act.do, [act.what]);
  if (command === null) throw failed(agent, act, "it does not know how to.");
  const { command: program, args } = command;
  const child = execa(program, args, { cwd: root, reject: false, stdin: "ignore", all: true });
  const words: string[] = [];
  for await (const line of child.iterable({ from: "all" })) {
    words.push(line);
    say(line);
  }
  const { failed: hasFailed, shortMessage } = await child;
  if (hasFailed) throw failed([program, ...args].join(" "), act, firstFault(words) ?? shortMessage ?? "");
}

/** The first line that says what went wrong. npm tells codes and paths before it, and where its own log is after it. */
function firstFault(words: readonly string[]): string | undefined {
  const faults = words.filter((line) => /\berr/i.test(line));
  return faults.find((line) => !/^npm error (?:code|syscall|path|errno)\b/.test(line)) ?? faults.at(-1);
}

function failed(command: string, { what }: DependencyChange, why: string): OrchestrateError {
  return new OrchestrateError({
    error: "package-manager-failed",
    category: "io",
    detail: `\`${command}\` failed for ${what}: ${why}`,
    hint: "Run it by hand to see more; plugins.json was not changed.",
  });
}
