import { type ChildResult, StepError } from "@orchestrate/sdk";
import { projectFileMissed } from "./project-file-missed.ts";
import { shortened } from "./shortened.ts";

/**
 * Tells how a command ended, with the last lines it wrote; its paths as they are seen from the project. Where it looked
 * for a file of the project in vain, it says how a program gets one.
 */
export function commandFailed(
  words: readonly string[],
  project: string,
  { status, signal, tail }: ChildResult,
): StepError {
  const ending = signal === null ? `ended with status ${status}` : `was ended by the signal ${signal}`;
  const lines =
    tail.length === 0
      ? " It wrote nothing."
      : ` Its last lines:\n${tail.map((line) => `  ${shortened(line, 1_000)}`).join("\n")}`;
  const missed = projectFileMissed(tail, project);
  const wiring =
    missed === undefined
      ? ""
      : `It runs in a directory of its own, without the project's "${missed}": name that under \`files\`, or wire it as an input. `;
  const memory = signal === "SIGKILL" ? " Where nobody sent that signal, the machine may have run out of memory." : "";
  return new StepError({
    error: "command-failed",
    detail: `"${shown(words, project)}" ${ending}.${lines}`,
    hint: `${wiring}${tail.length === 0 ? "Let it say on standard error what is wrong." : "All that it said is in the phase's log."}${memory}`,
  });
}

/** The command on one line, short enough for a message. */
function shown(words: readonly string[], project: string): string {
  const seen = words.map((word) => (word.startsWith(`${project}/`) ? word.slice(project.length + 1) : word));
  return shortened(seen.join(" ").replaceAll("\n", " "), 120);
}
