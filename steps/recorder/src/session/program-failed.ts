import { type ChildResult, StepError } from "@orchestrate/sdk";

/** Tells how the recorded program ended, where the policy makes that the phase's end. */
export function programFailed(program: string, { status, signal, tail }: ChildResult): StepError {
  const ending = signal === null ? `ended with status ${status}` : `was ended by the signal ${signal}`;
  const lines =
    tail.length === 0 ? " It wrote nothing." : ` Its last lines:\n${tail.map((line) => `  ${line}`).join("\n")}`;
  return new StepError({
    error: "recorded-program-failed",
    detail: `${program} ${ending}.${lines}`,
    hint: "Its trace is in the attempt's directory. Without policy.propagate_script_exit the phase would succeed.",
  });
}
