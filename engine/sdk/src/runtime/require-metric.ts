import { StepError } from "../errors.ts";

/**
 * Checks what a step reports as a metric: its name, its value, and the step at which it had it. It is refused where it is
 * reported, because a message between processes turns NaN into null, and no reader of a manifest keeps `__proto__`.
 *
 * @throws StepError `metric-not-finite`, `metric-name-refused`.
 */
export function requireMetric(name: string, value: number, step: number | undefined): void {
  if (name === "__proto__") throw nameRefused(name);
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

function nameRefused(name: string): StepError {
  return new StepError({
    error: "metric-name-refused",
    detail: `A metric can't be called "${name}", which a manifest can't hold.`,
    hint: "Give the metric another name.",
  });
}
