import { StepError, z } from "@orchestrate/sdk";
import { decodeSafetensors } from "../weights/decode-safetensors.ts";
import { encodeSafetensors } from "../weights/encode-safetensors.ts";
import type { Tensor } from "../weights/tensor.ts";
import type { OptimizerState } from "./optimizer.ts";

/** All that training depends on between two epochs; `Row` is what is told of an epoch. */
export interface TrainingState<Row> {
  readonly optimizer: OptimizerState;
  /** Where the generators stand: those of an epoch are made from these seeds and its number. */
  readonly seeds: Readonly<Record<string, number>>;
  /** Its length is the data's position: epochs are whole. */
  readonly history: Row[];
  best: { readonly row: Row; readonly values: Float32Array } | undefined;
}

/** A state before the first update. */
export function firstState<Row>(
  optimizer: OptimizerState,
  seeds: Readonly<Record<string, number>>,
): TrainingState<Row> {
  return { optimizer, seeds, history: [], best: undefined };
}

/** Writes the state as safetensors; metadata `format` is `vision.training/1`, and numbers stand in `progress`. */
export function encodeTrainingState<Row>({ optimizer, seeds, history, best }: TrainingState<Row>): Uint8Array {
  const { values, moment1, moment2, average, step } = optimizer;
  const vectors = { values, moment1, moment2, average, ...(best === undefined ? {} : { best: best.values }) };
  const tensors = new Map<string, Tensor>(
    Object.entries(vectors).map(([name, data]) => [name, { shape: [data.length], data }]),
  );
  const progress = JSON.stringify({ step, seeds, history, best: best?.row ?? null });
  return encodeSafetensors(tensors, { format: "vision.training/1", progress });
}

/**
 * Reads what `encodeTrainingState` wrote.
 *
 * @param expected the number of parameters of the model being trained, the seeds, and the schema of a row.
 * @throws StepError `checkpoint-malformed` (invariant) where it is that of another model or of other seeds.
 */
export function decodeTrainingState<Row>(
  bytes: Uint8Array,
  expected: {
    readonly parameters: number;
    readonly seeds: Readonly<Record<string, number>>;
    readonly row: z.ZodType<Row>;
  },
): TrainingState<Row> {
  const { tensors, metadata } = decodeSafetensors(bytes, "The training checkpoint");
  const { step, seeds, history, best } = progressOf(expected.row).parse(JSON.parse(metadata.progress ?? "null"));
  const others = Object.entries(expected.seeds).some(([purpose, seed]) => seeds[purpose] !== seed);
  if (others) throw malformed("was made with other seeds");
  const vector = (name: string): Float32Array => {
    const data = tensors.get(name)?.data;
    if (data?.length === expected.parameters) return data;
    throw malformed(`has ${data?.length ?? "no"} values of "${name}", the model has ${expected.parameters} parameters`);
  };
  const optimizer = {
    values: vector("values"),
    moment1: vector("moment1"),
    moment2: vector("moment2"),
    average: vector("average"),
    step,
  };
  return { optimizer, seeds, history, best: best === null ? undefined : { row: best, values: vector("best") } };
}

function progressOf<Row>(row: z.ZodType<Row>) {
  return z.strictObject({
    step: z.number().int().nonnegative(),
    seeds: z.record(z.string(), z.number().int().nonnegative()),
    history: z.array(row),
    best: row.nullable(),
  });
}

function malformed(what: string): StepError {
  return new StepError({
    error: "checkpoint-malformed",
    category: "invariant",
    detail: `The training checkpoint ${what}.`,
    hint: "Begin a new run: this checkpoint belongs to another training.",
  });
}
