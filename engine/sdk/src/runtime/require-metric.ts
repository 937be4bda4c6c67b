import { StepError } from "../errors.ts";

/**
 * Checks what a step reports as a metric: its name, its value, and the step at which it had it. It is refused where it
 * is reported, because a message between processes turns NaN into null, and no reader of a manifest keeps `__proto__`.
 *
 * @throws StepError `metric-not-finite`, `metric-name-refused`.
 */
export function requireMetric(name: string, value: number, step: number | undefined): void {
  if (typeof name !== "string") throw nameRefused(`A metric's name can't be a ${typeof name}`);
  if (name === "__proto__") throw nameRefused(`A metric can't be called "${name}"`);
  if (!Number.isFinite(value)) throw notFinite(name, value);
  if (step !== undefined && !Number.isFinite(step)) throw notFinite(`${name} at`, step);
}

function notFinite(name: string, value: unknown): StepError {
  const what = typeof value === "number" ? `${value}` : `a ${typeof value}`;
  return new StepError({
    error: "metric-not-finite",
    detail: `The metric "${name}" is ${what}, which a manifest can't hold.`,
    hint: "Let the step report finite numbers only.",
  });
}

function nameRefused(what: string): StepError {
  return new StepError({
    error: "metric-name-refused",
    detail: `${what}, which a manifest can't hold.`,
    hint: "Give the metric another name.",
  });
}
