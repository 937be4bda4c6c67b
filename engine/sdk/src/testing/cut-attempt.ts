import type { Cut, CutAttempt } from "./checks/retry.ts";
import type { FakeOptions } from "./fake-options.ts";

/** Starts a run with hooks into its midst. */
export type HookedRun = (hooks: Pick<FakeOptions, "onProgress" | "onCheckpoint">) => Promise<{
  readonly checkpoints: readonly Uint8Array[];
}>;

/**
 * Cuts an attempt off without a process to kill: what it calls there throws. One that is cut off at its end is a whole
 * run, of which nothing is kept.
 */
export async function cutAttempt(cut: Cut, run: HookedRun): Promise<CutAttempt> {
  if (cut === "end") return { checkpoint: undefined };
  const over = () => {
    throw new Error("The conformance suite cut this attempt off.");
  };
  const { checkpoints } = await run(
    cut === "checkpoint"
      ? { onCheckpoint: over }
      : {
          onProgress: (done, total) => {
            if (done < total) over();
          },
        },
  );
  return { checkpoint: checkpoints.at(-1) };
}
