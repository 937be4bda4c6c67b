import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../../context.ts";
import { type Check, verdict } from "./check.ts";

/** What a run is started with here, and what is seen of it. */
export type AbortableRun = (options: { readonly signal: AbortSignal; readonly onProgress: Progress }) => Promise<{
  readonly error: unknown;
}>;

/**
 * Aborts a run at its first progress report short of the end (`midst`), or before it begins (`start`), for a step that
 * makes none. `grace` resolves when the run has had time enough, and is told by its signal when it need not go on.
 */
export async function checkAbort(
  run: AbortableRun,
  abortAt: "midst" | "start",
  grace: (over: AbortSignal) => Promise<void>,
): Promise<Check> {
  const workingDirectory = process.cwd();
  const controller = new AbortController();
  const over = new AbortController();
  let reports = 0;
  const onProgress: Progress = (done, total) => {
    if (controller.signal.aborted) reports += 1;
    else if (done < total) controller.abort(new Error("The conformance suite aborted this run."));
  };
  if (abortAt === "start") controller.abort(new Error("The conformance suite aborted this run."));
  try {
    // One that computed without a pause is looked at once the timers have had their turn, the grace period's among
    // them.
    const settled = run({ signal: controller.signal, onProgress }).then((result) => pause(0, result));
    const result = await Promise.race([
      settled,
      grace(over.signal).then(
        () => undefined,
        () => undefined,
      ),
    ]);
    return verdict("abort", problems(result, reports), "An aborted run settles.");
  } finally {
    over.abort();
    process.chdir(workingDirectory);
  }
}

/** One more report is forgiven: it may belong to the piece of work in hand. */
function problems(result: { readonly error: unknown } | undefined, reports: number): string[] {
  if (result === undefined) return ["An aborted run does not settle: pass `signal` on to all that waits."];
  if (result.error === undefined && reports > 1) {
    return [
      `An aborted run reported progress ${reports} times more and went on to its end: look at \`signal\` in loops.`,
    ];
  }
  return [];
}
