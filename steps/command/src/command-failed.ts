import { type ChildResult, StepError } from "@orchestrate/sdk";
import { shortened } from "./shortened.ts";

/** Tells how a command ended, with the last lines it wrote. */
export function commandFailed(words: readonly string[], { status, signal, tail }: ChildResult): StepError {
  const ending = signal === null ? `ended with status ${status}` : `was ended by the signal ${signal}`;
  const lines =
    tail.length === 0
      ? " It wrote nothing."
      : ` Its last lines:\n${tail.map((line) => `  ${shortened(line, 1_000)}`).join("\n")}`;
  const memory = signal === "SIGKILL" ? " Where nobody sent that signal, the machine may have run out of memory." : "";
  return new StepError({
    error: "command-failed",
    detail: `"${shown(words)}" ${ending}.${lines}`,
    hint: `${tail.length === 0 ? "Let it say on standard error what is wrong." : "All that it said is in the phase's log."}${memory}`,
  });
}

/** The command on one line, short enough for a message. */
function shown(words: readonly string[]): string {
  return shortened(words.join(" ").replaceAll("\n", " "), 120);
}
