import { StepError } from "../errors.ts";

/**
 * Checks what a step reports as a metric: its value, and the step at which it had it. It is refused where it is reported,
 * because a message between processes turns NaN into null.
 *
 * @throws StepError `metric-not-finite`.
 */
export function requireFinite(name: string, value: number, step: number | undefined): void {
  if (!Number.isFinite(value)) throw notFinite(name, value);
  if (step !== undefined && !Number.isFinite(step)) throw notFinite(`${name} at`, step);
}

function notFinite(name: string, value: number): StepError {
  return new StepError({
    error: "metric-not-finite",
    detail: `The metric "${name}" is ${value}, which a manifest can't hold.`,
    hint: "Let the step report finite numbers only.",
  });
}
