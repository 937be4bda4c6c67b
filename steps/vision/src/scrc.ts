import { defineStep, z } from "@orchestrate/sdk";
import { calibrated } from "./calibrate/calibrated.ts";
import { calibrationArtifact } from "./calibrate/calibration.ts";
import { gateArtifact } from "./gate/gate.ts";
import { unite } from "./lineage/fitted-on.ts";
import { requireSameModel } from "./lineage/require-same-model.ts";
import { requireUnseen } from "./lineage/require-unseen.ts";
import { selectionScores } from "./policy/decide.ts";
import { policyArtifact } from "./policy/policy.ts";
import type { SelectionScore } from "./policy/scrc-policy.ts";
import { checkScores } from "./predictions/check-scores.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readPredictions } from "./predictions/read-predictions.ts";
import { calibrationPairs } from "./scrc/calibration-pair.ts";
import { fitScrc } from "./scrc/fit-scrc.ts";

export default defineStep({
  summary: "Calibrates selective conformal risk control on calib_conformal: who is answered, and with which labels.",
  config: z.strictObject({
    /** T: exact on average, carries its calibration. I: with probability 1 − delta over calibrations, carries two numbers. */
    variant: z.enum(["T", "I"]).default("T"),
    /** The greatest risk among the selected. */
    alpha: z.number().gt(0).lt(1).default(0.05),
    /** The least share of images that are selected. */
    xi: z.number().gt(0).lt(1).default(0.7),
    /** How often the promise of variant I may fail. */
    delta: z.number().gt(0).lt(1).default(0.1),
    loss: z.enum(["miscoverage", "missed-positive"]).default("miscoverage"),
  }),
  inputs: {
    predictions: predictionArtifacts.calib_conformal,
    calibration: calibrationArtifact.optional(),
    /** By whose score images are selected; without it, or where it is not calibratable, by |l₁ − l₀|. */
    gate: gateArtifact.optional(),
  },
  outputs: { policy: policyArtifact },
  async run({ config, inputs, outputs, metric, log }) {
    const predictions = readPredictions(inputs.predictions, "calib_conformal");
    const { logits, labels, classes, model, origin } = predictions;
    const [calibration, gate] = [await inputs.calibration?.read(), await inputs.gate?.read()];
    requireUnseen("vision/scrc", "the model", model.fitted_on, origin);
    for (const [what, fitted] of [
      ["the calibration", calibration],
      ["the gate", gate],
    ] as const) {
      // biome-ignore format: pairs
      if (fitted === undefined) continue;
      requireSameModel("vision/scrc", what, fitted, predictions);
      requireUnseen("vision/scrc", what, fitted.fitted_on, origin);
    }
    const score: SelectionScore =
      gate?.outcome.status === "calibrated" ? { by: "gate", network: gate.outcome.network } : { by: "margin" };
    if (gate?.outcome.status === "not-calibratable") log.warn(`selecting by margin, for ${gate.outcome.reason}`);
    const map = calibration?.map ?? null;
    const probabilities = calibrated(map, logits);
    checkScores(probabilities, labels);
    const pairs = calibrationPairs(selectionScores(score, predictions), probabilities, labels, config.loss);
    const { outcome, found } = fitScrc(pairs, config);
    await outputs.policy.write({
      policy_type: "scrc",
      class_names: [...classes],
      model: model.digest,
      fitted_on: unite(
        model.fitted_on,
        calibration?.fitted_on ?? [],
        gate?.fitted_on ?? [],
        [{ ...origin, labelled: true }], // biome-ignore format: one a line
      ),
      calibration: map,
      alpha: config.alpha,
      xi: config.xi,
      loss: config.loss,
      score,
      outcome,
      found,
    });
    metric("feasible", outcome.status === "feasible" ? 1 : 0);
    metric("selected", found.count === 0 ? 0 : found.selected / found.count);
    metric("decided", found.count === 0 ? 0 : found.decided / found.count);
    metric("risk", found.risk);
    if (outcome.status === "infeasible") log.warn(`infeasible: ${outcome.reason}`);
    else log.info(`SCRC-${outcome.variant}: ${found.decided} of ${found.count} images get one label, risk ${found.risk.toFixed(4)}`); // biome-ignore format: one line
  },
});
