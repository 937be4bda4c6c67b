import { calibrated } from "../calibrate/calibrated.ts";
import type { TrainRequest, TrainResult } from "../contract.ts";
import { binaryMetrics } from "../metrics/binary-metrics.ts";
import { confusion } from "../metrics/confusion.ts";
import { meanCrossEntropy } from "../metrics/mean-cross-entropy.ts";
import { layout } from "../network/layout.ts";
import { parameterCount } from "../network/tensor-spec.ts";
import { generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { toFlat, toTensors } from "../weights/flat-tensors.ts";
import { diverged } from "./check-finite.ts";
import { classWeights } from "./class-weights.ts";
import { EpochRow } from "./epoch-row.ts";
import { classifierPass, type ForwardPass } from "./forward-pass.ts";
import { isBetter, matthewsResolution } from "./is-better.ts";
import { startOptimizer } from "./optimizer.ts";
import { columnsOf } from "./predict-embedded.ts";
import { cutOrder, type EpochPlan, runEpoch } from "./run-epoch.ts";
import { runForward } from "./run-forward.ts";
import { batchRows, startSource } from "./start-source.ts";
import { trainingBatch } from "./training-batch.ts";
import { decodeTrainingState, encodeTrainingState, firstState, type TrainingState } from "./training-state.ts";

/**
 * Trains on this machine's processor. See `Trainer` for what it promises.
 *
 * @param threads among which each update's images are shared out; equal numbers give equal bits.
 */
export async function trainEmbedded(request: TrainRequest, threads: number): Promise<TrainResult> {
  const { options, start, train } = request;
  const { architecture } = start;
  const specs = layout(architecture);
  const rows = batchRows(options.batch, train.labels.length, threads);
  const state = begin(request);
  const resolution = matthewsResolution(request.select.labels);
  const pass = await classifierPass(architecture, rows);
  const source = await startSource({ kind: "classification", architecture }, rows, new Float32Array(), threads);
  const training = { request, rows, pass, plan: { source, specs, options, signal: request.signal } };
  try {
    while (!isDone(state, options)) {
      const row = await trainEpoch(training, state);
      state.history.push(row);
      if (isBetter(row, state.best?.row, state.history, resolution))
        state.best = { row, values: state.optimizer.average.slice() };
      request.onEpoch(row);
      if (row.epoch % request.checkpointEvery === 0) await request.onCheckpoint(encodeTrainingState(state));
    }
  } finally {
    pass.close();
    await source.close();
  }
  const { row, values } = state.best!;
  return { model: { ...start, tensors: toTensors(specs, values) }, best: row, history: state.history };
}

interface Training {
  readonly request: TrainRequest;
  /** Of a batch. */
  readonly rows: number;
  readonly pass: ForwardPass;
  readonly plan: EpochPlan;
}

function begin({ resume, start, seeds: { order, augmentation } }: TrainRequest): TrainingState<EpochRow> {
  const specs = layout(start.architecture);
  const seeds = { order, augmentation };
  if (resume === undefined) return firstState(startOptimizer(toFlat(specs, start.tensors)), seeds);
  return decodeTrainingState(resume, { parameters: parameterCount(specs), seeds, row: EpochRow });
}

function isDone({ history, best }: TrainingState<EpochRow>, options: TrainRequest["options"]): boolean {
  const epochs = history.length;
  return epochs >= options.epochs || (best !== undefined && epochs - best.row.epoch >= options.patience);
}

async function trainEpoch({ request, rows, pass, plan }: Training, state: TrainingState<EpochRow>): Promise<EpochRow> {
  const { options, train, seeds, start } = request;
  const epoch = state.history.length + 1;
  const order = shuffled(Array.from(train.labels.keys()), generator(seeds.order, epoch));
  const random = generator(seeds.augmentation, epoch);
  const batches = cutOrder(order, options.batch).map(
    (positions) => () => trainingBatch(train, positions, rows, start, options, random),
  );
  const { loss, lr } = await runEpoch(plan, state.optimizer, epoch, batches);
  const measured = await evaluate(request, pass, state.optimizer.average);
  if (!Number.isFinite(measured.val_loss)) {
    throw diverged("the loss on val_select is not finite", { epoch, step: state.optimizer.step });
  }
  return { epoch, train_loss: loss, ...measured, lr };
}

async function evaluate(
  { start, select, options, signal }: TrainRequest,
  pass: ForwardPass,
  values: Float32Array,
): Promise<Pick<EpochRow, "val_loss" | "mcc" | "accuracy">> {
  const rows = await runForward(pass, values, select, start, signal);
  const logits = columnsOf(rows, pass.columns, 0, start.architecture.classes);
  const predictions = calibrated(null, logits).map((p) => (p >= 0.5 ? 1 : 0));
  const { mcc, accuracy } = binaryMetrics(confusion(select.labels, predictions));
  // Weighed as in training: else, of rare positives, an epoch that calls nobody positive would have the least loss.
  const weights = classWeights(select, options.classWeights);
  return { val_loss: meanCrossEntropy(logits, select.labels, weights), mcc, accuracy };
}
