import { setImmediate } from "node:timers/promises";
import type { TrainRequest, TrainResult } from "../contract.ts";
import { binaryMetrics } from "../metrics/binary-metrics.ts";
import { confusion } from "../metrics/confusion.ts";
import { generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import { checkFinite, diverged } from "./check-finite.ts";
import { type CompiledNetwork, compileNetwork } from "./compiled-network.ts";
import type { EpochRow } from "./epoch-row.ts";
import { initialValues } from "./initial-values.ts";
import { isBetter, matthewsResolution } from "./is-better.ts";
import { layout, parameterCount, type TensorSpec } from "./layout.ts";
import { learningRate } from "./learning-rate.ts";
import { startOptimizer, update } from "./optimizer.ts";
import { predictAll } from "./predict-all.ts";
import { measure, type Preprocessing } from "./preprocessing.ts";
import { meanCrossEntropy, probabilities } from "./probabilities.ts";
import { trainingBatch } from "./training-batch.ts";
import { decodeTrainingState, encodeTrainingState, type TrainingState } from "./training-state.ts";

/** Trains in this process. See `Trainer` for what it promises. */
export async function trainEmbedded(request: TrainRequest): Promise<TrainResult> {
  const { architecture, options } = request;
  const specs = layout(architecture);
  const rows = Math.min(options.batch, request.train.labels.length);
  const network = await compileNetwork(architecture, rows);
  const training: Training = { request, specs, rows, network, preprocessing: measure(request.train) };
  const state = begin(request, specs);
  const resolution = matthewsResolution(request.select.labels);
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
    network.dispose();
  }
  const { row, values } = state.best!;
  const { preprocessing } = training;
  const model = { architecture, preprocessing, classes: request.train.classes, tensors: toTensors(specs, values) };
  return { model, best: row, history: state.history };
}

interface Training {
  readonly request: TrainRequest;
  readonly specs: readonly TensorSpec[];
  /** Images per update. */
  readonly rows: number;
  readonly network: CompiledNetwork;
  readonly preprocessing: Preprocessing;
}

function begin({ resume, seeds }: TrainRequest, specs: readonly TensorSpec[]): TrainingState {
  if (resume !== undefined) return decodeTrainingState(resume, parameterCount(specs));
  return { optimizer: startOptimizer(initialValues(specs, seeds.weights)), history: [], best: undefined };
}

function isDone({ history, best }: TrainingState, options: TrainRequest["options"]): boolean {
  const epochs = history.length;
  return epochs >= options.epochs || (best !== undefined && epochs - best.row.epoch >= options.patience);
}

async function trainEpoch(training: Training, state: TrainingState): Promise<EpochRow> {
  const { request, specs, rows, network } = training;
  const { options, train, seeds, architecture } = request;
  const epoch = state.history.length + 1;
  const positions = Array.from(train.labels.keys());
  const order = shuffled(positions, generator(seeds.order, epoch));
  const random = generator(seeds.augmentation, epoch);
  const updates = Math.ceil(order.length / rows);
  const total = updates * options.epochs;
  const schedule = { peak: options.lr, warmUp: Math.ceil(total * options.warmUp), total };
  let losses = 0;
  let lr = 0;
  for (let index = 0; index < updates; index++) {
    // The loop's own work never waits, so the signal and the engine's messages are let in here.
    await setImmediate();
    request.signal.throwIfAborted();
    // Batches of nearly equal size, so that the last one is no update on a handful of images.
    const chosen = order.slice(
      Math.floor((index * order.length) / updates),
      Math.floor(((index + 1) * order.length) / updates),
    );
    const model = { architecture, preprocessing: training.preprocessing };
    const { patches, targets } = trainingBatch(train, chosen, rows, model, options, random);
    const { loss, gradient } = await network.lossAndGradient(state.optimizer.values, patches, targets);
    checkFinite(loss, gradient, specs, { epoch, step: state.optimizer.step + 1 });
    lr = learningRate(state.optimizer.step, schedule);
    update(state.optimizer, gradient, specs, lr, options);
    losses += loss;
  }
  const measured = await evaluate(training, state);
  if (!Number.isFinite(measured.val_loss)) {
    throw diverged("the loss on val_select is not finite", { epoch, step: state.optimizer.step });
  }
  return { epoch, train_loss: losses / updates, ...measured, lr };
}

async function evaluate(
  { request, rows, network, preprocessing }: Training,
  { optimizer }: TrainingState,
): Promise<Pick<EpochRow, "val_loss" | "mcc" | "accuracy">> {
  const { architecture, select, signal } = request;
  const model = { architecture, preprocessing };
  const { logits } = await predictAll(network, optimizer.average, select, rows, model, signal);
  const predictions = probabilities(logits).map((p) => (p >= 0.5 ? 1 : 0));
  const { mcc, accuracy } = binaryMetrics(confusion(select.labels, predictions));
  return { val_loss: meanCrossEntropy(logits, select.labels), mcc, accuracy };
}
