import { StepError, z } from "@orchestrate/sdk";
import { decodeSafetensors } from "../weights/decode-safetensors.ts";
import { encodeSafetensors } from "../weights/encode-safetensors.ts";
import type { Tensor } from "../weights/tensor.ts";
import { EpochRow } from "./epoch-row.ts";
import type { OptimizerState } from "./optimizer.ts";

/**
 * All that training depends on between two epochs. The generators of an epoch are made from the seeds and the epoch's
 * number, so the number is their whole state and the data's position.
 */
export interface TrainingState {
  readonly optimizer: OptimizerState;
  readonly history: EpochRow[];
  best: { readonly row: EpochRow; readonly values: Float32Array } | undefined;
}

const Progress = z.strictObject({
  step: z.number().int().nonnegative(),
  history: z.array(EpochRow),
  best: EpochRow.nullable(),
});

/** Writes the state as safetensors; metadata `format` is `vision.training/1`, and numbers stand in `progress`. */
export function encodeTrainingState({ optimizer, history, best }: TrainingState): Uint8Array {
  const { values, moment1, moment2, average, step } = optimizer;
  const vectors = { values, moment1, moment2, average, ...(best === undefined ? {} : { best: best.values }) };
  const tensors = new Map<string, Tensor>(
    Object.entries(vectors).map(([name, data]) => [name, { shape: [data.length], data }]),
  );
  const progress = JSON.stringify({ step, history, best: best?.row ?? null });
  return encodeSafetensors(tensors, { format: "vision.training/1", progress });
}

/**
 * Reads what `encodeTrainingState` wrote.
 *
 * @param parameters the number of parameters of the model being trained.
 * @throws StepError `checkpoint-malformed` (invariant) where it is that of another model.
 */
export function decodeTrainingState(bytes: Uint8Array, parameters: number): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes, "The training checkpoint");
  const { step, history, best } = Progress.parse(JSON.parse(metadata.progress ?? "null"));
  const vector = (name: string): Float32Array => {
    const data = tensors.get(name)?.data;
    if (data?.length !== parameters) throw malformed(name, data?.length, parameters);
    return data;
  };
  const optimizer = {
    values: vector("values"),
    moment1: vector("moment1"),
    moment2: vector("moment2"),
    average: vector("average"),
    step,
  };
  return { optimizer, history, best: best === null ? undefined : { row: best, values: vector("best") } };
}

function malformed(name: string, length: number | undefined, expected: number): StepError {
  return new StepError({
    error: "checkpoint-malformed",
    category: "invariant",
    detail: `The training checkpoint has ${length ?? "no"} values of "${name}", the model has ${expected} parameters.`,
    hint: "Begin a new run: this checkpoint belongs to another model.",
  });
}
