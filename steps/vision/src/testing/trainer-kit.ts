import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { defineStep, Processes, z } from "@orchestrate/sdk";
import { defineServiceKit, fakeContext } from "@orchestrate/sdk/testing";
import { type ImageSet, type Model, Trainer, type TrainRequest, type TrainResult } from "../contract.ts";
import { defaultShape } from "../network/shape-options.ts";
import { generator } from "../random/generator.ts";
import { startClassifier } from "../trainer/start-classifier.ts";
import { TrainOptions } from "../trainer/train-options.ts";

/** What every trainer must do; see `defineServiceKit`. It trains small networks on made-up images, for some seconds. */
export const trainerKit = defineServiceKit(Trainer, {
  "learns which half of an image is bright, to equal bits for equal requests": async (trainer) => {
    const [one, two] = [await train(trainer), await train(trainer)];
    deepEqual(two, one);
    const { best, history, model } = one;
    equal(best.mcc, Math.max(...history.map(({ mcc }) => mcc)));
    ok(best.mcc > 0.8, `its best MCC is ${best.mcc}`);
    ok(history.at(-1)!.train_loss < history[0]!.train_loss);
    await checkAnswers(trainer, model, best.val_loss);
  },
  "tells a loss on val_select in which a rare class counts as much as the other, where classes are weighed": async (
    trainer,
  ) => {
    const rare = madeUp(24, 2, 6);
    const weighed = await train(trainer, { select: rare });
    await checkAnswers(trainer, weighed.model, weighed.best.val_loss, rare, [24 / 40, 24 / 8]);
    const plain = await train(trainer, { select: rare, options: { ...quick, classWeights: "none" } });
    await checkAnswers(trainer, plain.model, plain.best.val_loss, rare);
  },
  "goes on from a checkpoint to the same bits, telling only the epochs that it trains": async (trainer) => {
    const states: Uint8Array[] = [];
    const whole = await train(trainer, { onCheckpoint: async (state) => void states.push(state) });
    equal(states.length, 2);
    const [resume] = states;
    const told: number[] = [];
    deepEqual(await train(trainer, { resume, onEpoch: ({ epoch }) => told.push(epoch) }), whole);
    deepEqual(told, [4, 5, 6]);
    const other = { seeds: { order: 5, augmentation: 6 }, resume };
    await rejects(train(trainer, other), { code: "checkpoint-malformed" });
  },
  "draws order and augmentation from a seed of its own each": async (trainer) => {
    const seeds = [
      { order: 1, augmentation: 2 },
      { order: 2, augmentation: 2 },
      { order: 1, augmentation: 3 },
      // Seeds have 32 bits, and all of them count.
      { order: 1 + 2 ** 16, augmentation: 2 },
      { order: 1, augmentation: 2 + 2 ** 31 },
    ];
    const losses = new Set<number>();
    for (const each of seeds) losses.add((await train(trainer, { seeds: each })).history[0]!.train_loss);
    equal(losses.size, seeds.length);
  },
  "stops where val_select no longer gets better, and keeps the best epoch": async (trainer) => {
    // The better the network learns, the worse it does on these.
    const turned = { ...select, labels: select.labels.map((label) => 1 - label) };
    const options = { ...quick, epochs: 40, patience: 3 };
    const { best, history, model } = await train(trainer, { options, select: turned });
    equal(history.length, best.epoch + 3);
    deepEqual(best, history[best.epoch - 1]);
    await checkAnswers(trainer, model, best.val_loss, turned);
  },
  "says at once where training diverged": async (trainer) => {
    const options = { ...quick, lr: 1e30, warmUp: 0, clip: 1e30 };
    await rejects(train(trainer, { options }), (error: Error & { code?: string; detail?: string }) => {
      equal(error.code, "training-diverged");
      match(error.detail ?? "", /^Training diverged in epoch 1, update 2: the (loss is|gradient of ")/);
      return true;
    });
  },
  "says so where only the images of val_select show it": async (trainer) => {
    const options = { ...quick, epochs: 1, batch: 64, lr: 1e30, warmUp: 0, clip: 1e30 };
    await rejects(train(trainer, { options }), (error: Error & { detail?: string }) => {
      equal(error.detail, "Training diverged in epoch 1, update 1: the loss on val_select is not finite.");
      return true;
    });
  },
  "ends with the signal's reason": async (trainer) => {
    const controller = new AbortController();
    const onEpoch = () => controller.abort(new Error("enough"));
    await rejects(train(trainer, { onEpoch, signal: controller.signal }, controller.signal), /enough/);
    const model = start();
    const predicted = within((given) => trainer.predict({ ...given, model, images: select }), controller.signal);
    await rejects(predicted, /enough/);
  },
});

const still = { flip: false, shift: 0, zoom: 0.05, turn: 3, light: 0.1 };
const quick = TrainOptions.parse({ epochs: 6, batch: 16, lr: 0.01, patience: 9, labelSmoothing: 0, augment: still });
const images = madeUp(64, 1);
const select = madeUp(24, 2);

function start() {
  const shape = { ...defaultShape, patch: 4, width: 8, depth: 1, heads: 2 };
  return startClassifier(images, shape, { backbone: undefined, model: undefined }, 3);
}

function train(trainer: Trainer, changes: Partial<TrainRequest> = {}, signal?: AbortSignal): Promise<TrainResult> {
  return within(
    (given) =>
      trainer.train({
        ...given,
        start: start(),
        options: quick,
        train: images,
        select,
        seeds: { order: 1, augmentation: 2 },
        resume: undefined,
        checkpointEvery: 3,
        onEpoch: () => {},
        onCheckpoint: async () => {},
        ...changes,
      }),
    signal,
  );
}

/** The model has the loss that was told, and its logits are what its head makes of the features. */
async function checkAnswers(
  trainer: Trainer,
  model: Model,
  loss: number,
  { labels, ...set }: ImageSet = select,
  weights: readonly [number, number] = [1, 1],
): Promise<void> {
  const { logits, features } = await within((given) => trainer.predict({ ...given, model, images: set }));
  equal(features.length, labels.length * 8);
  const losses = [...labels].map(
    (label, row) => weights[label]! * Math.log1p(Math.exp(logits[row * 2 + 1 - label]! - logits[row * 2 + label]!)),
  );
  const mean = losses.reduce((sum, each) => sum + each, 0) / losses.length;
  ok(Math.abs(mean - loss) < 1e-4, `its loss is ${mean}, and was told as ${loss}`);
  const [weight, bias] = [model.tensors.get("head.weight")!.data, model.tensors.get("head.bias")!.data];
  for (const [at, logit] of logits.entries()) {
    const seen = features.subarray(Math.floor(at / 2) * 8, Math.floor(at / 2) * 8 + 8);
    const sum = seen.reduce((total, value, index) => total + value * weight[index * 2 + (at % 2)]!, bias[at % 2]!);
    ok(Math.abs(sum - logit) < 1e-4, `logit ${at} is ${logit}, and ${sum} by its features`);
  }
}

/** Lends what a trainer may use of an attempt. */
async function within<T>(
  use: (given: { readonly processes: Processes; readonly signal: AbortSignal }) => Promise<T>,
  signal = new AbortController().signal,
): Promise<T> {
  const attempt = fakeContext(nothing, { signal });
  try {
    return await use({ processes: attempt.context.services.processes, signal });
  } finally {
    attempt.dispose();
  }
}

const nothing = defineStep({
  summary: "Does nothing.",
  config: z.strictObject({}),
  services: { processes: Processes },
  run: async () => {},
});

/** Images of 8 pixels, bright on the left or, one of `every`, on the right, with noise. */
function madeUp(count: number, seed: number, every = 2): ImageSet {
  const random = generator(seed);
  const labels = Uint8Array.from({ length: count }, (_, index) => (index % every === 1 ? 1 : 0));
  const pixels = Uint8Array.from({ length: count * 192 }, (_, at) => {
    const onRight = Math.floor(at / 3) % 8 >= 4 ? 1 : 0;
    const bright = onRight === labels[Math.floor(at / 192)] ? 150 : 70;
    return Math.min(255, Math.max(0, bright + 25 * random.normal()));
  });
  return { size: 8, channels: 3, classes: ["left", "right"], pixels, labels };
}
