import { z } from "@orchestrate/sdk";
import type { TrainRequest, TrainResult } from "../contract.ts";
import { EpochRow } from "../trainer/epoch-row.ts";
import { isBetter, matthewsResolution } from "../trainer/is-better.ts";
import { TrainOptions } from "../trainer/train-options.ts";
import { RequestDirectory } from "./request-directory.ts";
import { runTrainer } from "./run-trainer.ts";
import type { TorchProgram } from "./torch.ts";

/** Trains in a Python process. See `Trainer` for what it promises. */
export async function trainTorch(request: TrainRequest, program: TorchProgram): Promise<TrainResult> {
  const { start, train, select, seeds, resume, checkpointEvery } = request;
  using directory = new RequestDirectory();
  directory.writeRequest(start, {
    task: "train",
    options: TrainOptions.strip().parse(request.options),
    seeds: { order: seeds.order, augmentation: seeds.augmentation },
    checkpoint_every: checkpointEvery,
    threads: program.threads,
    images: ["train", "select"],
  });
  directory.writeImages("train", train);
  directory.writeImages("select", select);
  if (resume !== undefined) directory.write("resume.safetensors", resume);
  // Checkpoints are kept in their order, while the program goes on.
  let saved = Promise.resolve();
  await runTrainer(request, program, directory, (event) => {
    if ("epoch" in event) request.onEpoch(event.epoch);
    else if ("checkpoint" in event) {
      const state = directory.take(event.checkpoint);
      saved = saved.then(() => request.onCheckpoint(state));
    }
  });
  await saved;
  const { tensors, metadata } = directory.readTensors("trained.safetensors");
  const history = z.array(EpochRow).parse(JSON.parse(metadata.history ?? "null"));
  return { model: { ...start, tensors }, best: bestOf(history, select.labels), history };
}

/** The epoch that is kept, as the program chose it. */
function bestOf(history: readonly EpochRow[], labels: Uint8Array): EpochRow {
  const resolution = matthewsResolution(labels);
  let best: EpochRow | undefined;
  for (const [index, row] of history.entries()) {
    if (isBetter(row, best, history.slice(0, index + 1), resolution)) best = row;
  }
  return best!;
}
