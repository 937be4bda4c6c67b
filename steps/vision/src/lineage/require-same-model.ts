import { StepError } from "@orchestrate/sdk";

/**
 * Refuses a calibration, gate or policy that was fitted to predictions of another model.
 *
 * @param what as `the gate`.
 * @throws StepError `fitted-to-another-model` (input).
 */
export function requireSameModel(
  step: string,
  what: string,
  fitted: { readonly model: string },
  predictions: { readonly model: { readonly digest: string } },
): void {
  if (fitted.model === predictions.model.digest) return;
  throw new StepError({
    error: "fitted-to-another-model",
    category: "input",
    detail: `${step}: ${what} was fitted to predictions of the model ${fitted.model}; these are of ${predictions.model.digest}.`,
    hint: `Wire ${what} and the predictions from one checkpoint.`,
  });
}
