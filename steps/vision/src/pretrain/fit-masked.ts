import { imageCount, type Pixels } from "../images/pixels.ts";
import type { BackboneArchitecture } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import { generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { formulate, type Objective } from "../trainer/objective.ts";
import { startOptimizer } from "../trainer/optimizer.ts";
import { cutOrder, runEpoch } from "../trainer/run-epoch.ts";
import { batchRows, startSource } from "../trainer/start-source.ts";
import { decodeTrainingState, encodeTrainingState, firstState, type TrainingState } from "../trainer/training-state.ts";
import { maskedBatch } from "./masked-batch.ts";
import type { MaskedOptions } from "./masked-options.ts";
import { MaskedRow } from "./masked-row.ts";

export interface MaskedRequest {
  readonly objective: Extract<Objective, { kind: "masked" | "adaptation" }>;
  readonly model: { readonly architecture: BackboneArchitecture; readonly preprocessing: Preprocessing };
  /** The flat vectors of the objective's trained and frozen tensors to start from. */
  readonly start: { readonly trained: Float32Array; readonly frozen: Float32Array };
  readonly images: Pixels;
  readonly options: MaskedOptions;
  readonly seeds: { readonly order: number; readonly masks: number };
  /** What `onCheckpoint` was given by an earlier attempt at the same request. */
  readonly resume: Uint8Array | undefined;
  onEpoch(row: MaskedRow): void;
  onCheckpoint(state: Uint8Array): Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Trains on what is hidden, for all of the epochs asked for. Equal requests give equal bits.
 *
 * @returns the moving average of the trained values, and what is told of each epoch, those before `resume` included.
 * @throws StepError `training-diverged`, and `checkpoint-malformed`.
 */
export async function fitMasked(
  request: MaskedRequest,
): Promise<{ readonly values: Float32Array; readonly history: readonly MaskedRow[] }> {
  const { objective, model, images, options, seeds, signal } = request;
  const { trained } = formulate(objective);
  const rows = batchRows(options.batch, imageCount(images), options.threads);
  const state = begin(request);
  const source = await startSource(objective, rows, request.start.frozen, options.threads);
  try {
    for (let epoch = state.history.length + 1; epoch <= options.epochs; epoch++) {
      const positions = Array.from({ length: imageCount(images) }, (_, index) => index);
      const order = shuffled(positions, generator(seeds.order, epoch));
      const random = generator(seeds.masks, epoch);
      const batches = cutOrder(order, options.batch).map(
        (chosen) => () => maskedBatch(images, chosen, rows, model, options, random),
      );
      const plan = { source, specs: trained, options, signal };
      const row = { epoch, ...(await runEpoch(plan, state.optimizer, epoch, batches)) };
      state.history.push(row);
      request.onEpoch(row);
      if (epoch % options.checkpointEvery === 0) await request.onCheckpoint(encodeTrainingState(state));
    }
  } finally {
    await source.close();
  }
  return { values: state.optimizer.average, history: state.history };
}

function begin({ resume, start, seeds: { order, masks } }: MaskedRequest): TrainingState<MaskedRow> {
  const seeds = { order, masks };
  if (resume === undefined) return firstState(startOptimizer(start.trained.slice()), seeds);
  return decodeTrainingState(resume, { parameters: start.trained.length, seeds, row: MaskedRow });
}
