import { type Check, verdict } from "./check.ts";
import { differences, type Outputs } from "./same-bytes.ts";

/**
 * Where an attempt is cut off: when its first checkpoint is saved; at its first report of progress short of the end; or
 * when it has ended and is not committed yet, for a step that does neither.
 */
export type Cut = "checkpoint" | "progress" | "end";

/** What an attempt that was cut off leaves to the next one: the checkpoint it saved last. */
export interface CutAttempt {
  readonly checkpoint: Uint8Array | undefined;
}

/**
 * A second attempt begins where the first was cut off, and must come to the end of one that nothing disturbed. It is
 * `pointless` where undisturbed runs fail or differ among themselves.
 */
export async function checkRetry(
  cut: Cut | "pointless",
  attempts: {
    readonly undisturbed: Outputs;
    crash(cut: Cut): Promise<CutAttempt>;
    retry(left: CutAttempt): Promise<{ readonly outputs: Outputs; readonly error: unknown }>;
  },
): Promise<Check> {
  if (cut === "pointless")
    return verdict("retry", [], "Not looked at, since two undisturbed runs fail or differ already.");
  const { outputs, error } = await attempts.retry(await attempts.crash(cut));
  const problems =
    error === undefined
      ? differences(attempts.undisturbed, outputs).map(
          (name) => `Output "${name}" differs after ${AFTER[cut]} from that of an undisturbed run.`,
        )
      : [`After ${AFTER[cut]} a second attempt fails: ${error instanceof Error ? error.message : String(error)}`];
  return verdict("retry", problems, `After ${AFTER[cut]} a second attempt writes the same bytes.`);
}

const AFTER: Readonly<Record<Cut, string>> = {
  checkpoint: "a crash at its first checkpoint",
  progress: "a crash at its first report of progress",
  end: "a crash just before its commit",
};
