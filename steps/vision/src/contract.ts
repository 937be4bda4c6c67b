import { defineToken, type Processes, type Token } from "@orchestrate/sdk";
import type { ImageSet } from "./images/image-set.ts";
import type { Pixels } from "./images/pixels.ts";
import type { EpochRow } from "./trainer/epoch-row.ts";
import type { TrainOptions } from "./trainer/train-options.ts";
import type { Model } from "./weights/model.ts";

export type { ImageSet } from "./images/image-set.ts";
export type { Pixels } from "./images/pixels.ts";
export type { Architecture, BackboneArchitecture } from "./network/architecture.ts";
export type { Preprocessing } from "./network/preprocessing.ts";
export type { EpochRow } from "./trainer/epoch-row.ts";
export type { AugmentOptions, TrainOptions, UpdateOptions } from "./trainer/train-options.ts";
export type { Model } from "./weights/model.ts";
export type { Tensor } from "./weights/tensor.ts";

/** What a trainer may use of the attempt that it works for. */
export interface TrainerSurroundings {
  /** For a trainer that is a program of its own. */
  readonly processes: Processes;
  /** Work ends with the signal's reason soon after it aborts. */
  readonly signal: AbortSignal;
}

/** What a trainer is asked to do. Equal requests give equal bits. */
export interface TrainRequest extends TrainerSurroundings {
  /** What training starts from: drawn at random, on a backbone, or trained before. Its optimizer starts anew. */
  readonly start: Model;
  readonly options: TrainOptions;
  /** The images that weights are fitted to. */
  readonly train: ImageSet;
  /** The images that decide which epoch is kept, and when to stop. */
  readonly select: ImageSet;
  /** One 32-bit unsigned integer for each purpose. */
  readonly seeds: { readonly order: number; readonly augmentation: number };
  /** What `onCheckpoint` was given by an earlier attempt at the same request: training goes on after its epoch. */
  readonly resume: Uint8Array | undefined;
  /** Epochs between checkpoints. */
  readonly checkpointEvery: number;
  /** Called after each epoch that this call trains. */
  onEpoch(row: EpochRow): void;
  /** Called with all that is needed to go on to the same bits, in a form of the trainer's own. */
  onCheckpoint(state: Uint8Array): Promise<void>;
}

export interface TrainResult {
  /** `start` with the weights of the best epoch. */
  readonly model: Model;
  readonly best: EpochRow;
  /** All epochs, those before `resume` included. */
  readonly history: readonly EpochRow[];
}

export interface PredictRequest extends TrainerSurroundings {
  readonly model: Model;
  readonly images: Pixels;
}

/** What a model says of images. */
export interface Predicted {
  /** [count, classes], row by row. */
  readonly logits: Float32Array;
  /** [count, width], row by row: what the model's last layer sees. */
  readonly features: Float32Array;
}

/** Fits classifiers, and runs them. */
export interface Trainer {
  /** @throws StepError `training-diverged`, which names epoch, update and tensor, as soon as a number isn't finite. */
  train(request: TrainRequest): Promise<TrainResult>;
  predict(request: PredictRequest): Promise<Predicted>;
}

/** The token of the trainer that `vision/train` asks for. */
export const Trainer: Token<Trainer> = defineToken<Trainer>("vision/trainer");
