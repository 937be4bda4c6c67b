import { type ChildResult, StepError } from "@orchestrate/sdk";

/** Tells how a command ended, with the last lines it wrote. */
export function commandFailed(words: readonly string[], { status, signal, tail }: ChildResult): StepError {
  const ending = signal === null ? `ended with status ${status}` : `was ended by the signal ${signal}`;
  const lines =
    tail.length === 0 ? " It wrote nothing." : ` Its last lines:\n${tail.map((line) => `  ${line}`).join("\n")}`;
  const memory = signal === "SIGKILL" ? " Where nobody sent that signal, the machine may have run out of memory." : "";
  return new StepError({
    error: "command-failed",
    detail: `"${shown(words)}" ${ending}.${lines}`,
    hint: `Read the whole log with: orchestrate logs PHASE.${memory}`,
  });
}

/** The command on one line, short enough for a message. */
function shown(words: readonly string[]): string {
  const line = words.join(" ").replaceAll("\n", " ");
  return line.length <= 120 ? line : `${line.slice(0, 120)} …`;
}
