import { fileURLToPath } from "node:url";
import { StepError } from "@orchestrate/sdk";
import type { TrainerSurroundings } from "../contract.ts";
import type { RequestDirectory } from "./request-directory.ts";
import type { TorchProgram } from "./torch.ts";
import { readTrainerEvent, type TrainerEvent } from "./trainer-event.ts";

/**
 * Runs the Python trainer on a request.
 *
 * @param program the interpreter, and where lines for people go.
 * @param onEvent called for each epoch and checkpoint.
 * @throws StepError the error that it told; `trainer-failed` where it ended otherwise, with its last lines; those of
 * `Processes.run`; the signal's reason.
 */
export async function runTrainer(
  { processes, signal }: TrainerSurroundings,
  { python, log }: TorchProgram,
  directory: RequestDirectory,
  onEvent: (event: Exclude<TrainerEvent, { error: string } | { log: string }>) => void,
): Promise<void> {
  const errors: StepError[] = [];
  const { status, tail } = await processes.run([python, script(), directory.path], {
    env: { CUBLAS_WORKSPACE_CONFIG: ":4096:8", PYTHONDONTWRITEBYTECODE: "1" },
    onEvent(line) {
      const event = readTrainerEvent(line);
      if (event === undefined) return;
      if ("error" in event) errors.push(told(event));
      else if ("log" in event) log.info(event.log);
      else onEvent(event);
    },
  });
  signal.throwIfAborted();
  const [error] = errors;
  if (error !== undefined) throw error;
  if (status === 0) return;
  throw new StepError({
    error: "trainer-failed",
    detail: `The trainer in ${python} ended with status ${status ?? "none"}. Its last lines:\n${tail.join("\n")}`,
    hint: "orchestrate doctor says whether this interpreter has torch; choose another by the provider's option python.",
  });
}

function script(): string {
  return fileURLToPath(new URL("../../python/trainer.py", import.meta.url));
}

function told({ error, detail }: Extract<TrainerEvent, { error: string }>): StepError {
  switch (error) {
    case "training-diverged":
      return new StepError({ error, detail, hint: "Lower lr, raise warmUp, or lower clip." });
    case "checkpoint-malformed":
      return new StepError({
        error,
        category: "invariant",
        detail,
        hint: "Begin a new run: this checkpoint belongs to another training.",
      });
    default:
      return new StepError({ error: "trainer-failed", detail: `${error}: ${detail}`, hint: "See the phase's log." });
  }
}
