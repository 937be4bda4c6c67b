import { StepError } from "@orchestrate/sdk";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { norm } from "./optimizer.ts";

/** Where in training an update is; both from 1. */
export interface Place {
  readonly epoch: number;
  readonly step: number;
}

/**
 * Refuses a loss or a gradient that isn't finite.
 *
 * @throws StepError `training-diverged` (failed), naming epoch, update, and the loss or the first tensor concerned.
 */
export function checkFinite(loss: number, gradient: Float32Array, specs: readonly TensorSpec[], place: Place): void {
  if (!Number.isFinite(loss)) throw diverged(`the loss is ${loss}`, place);
  if (Number.isFinite(norm(gradient))) return;
  const bad = specs.find(({ offset, length }) => !Number.isFinite(norm(gradient.subarray(offset, offset + length))));
  throw diverged(`the gradient of "${bad?.name}" is not finite`, place);
}

/** The error of a training that has left the finite numbers. */
export function diverged(what: string, { epoch, step }: Place): StepError {
  return new StepError({
    error: "training-diverged",
    detail: `Training diverged in epoch ${epoch}, update ${step}: ${what}.`,
    hint: "Lower lr, raise warmUp, or lower clip.",
  });
}
