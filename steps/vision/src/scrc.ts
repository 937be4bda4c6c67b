import { defineStep, z } from "@orchestrate/sdk";
import { calibrationArtifact } from "./calibrate/calibration.ts";
import { gateArtifact } from "./gate/gate.ts";
import { unite } from "./lineage/fitted-on.ts";
import { requireSameModel } from "./lineage/require-same-model.ts";
import { requireUnseen } from "./lineage/require-unseen.ts";
import { selectionScores } from "./policy/decide.ts";
import { policyArtifact } from "./policy/policy.ts";
import type { SelectionScore } from "./policy/scrc-policy.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readCalibrated } from "./predictions/read-calibrated.ts";
import { calibrationPairs } from "./scrc/calibration-pair.ts";
import { fitScrc } from "./scrc/fit-scrc.ts";

export default defineStep({
  summary: "Calibrates selective conformal risk control on calib_conformal: who is answered, and with which labels.",
  config: z.strictObject({
    /**
     * T: exact on average, carries its calibration. I: with probability 1 − delta over calibrations, carries two
     * numbers.
     */
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
    const read = await readCalibrated("vision/scrc", inputs, "calib_conformal");
    const { predictions, map, probabilities } = read;
    const { labels, classes, model, origin } = predictions;
    const gate = await inputs.gate?.read();
    if (gate !== undefined) {
      requireSameModel("vision/scrc", "the gate", gate, predictions);
      requireUnseen("vision/scrc", "the gate", gate.fitted_on, origin);
    }
    const score: SelectionScore =
      gate?.outcome.status === "calibrated" ? { by: "gate", network: gate.outcome.network } : { by: "margin" };
    if (gate?.outcome.status === "not-calibratable") log.warn(`selecting by margin, for ${gate.outcome.reason}`);
    const pairs = calibrationPairs(selectionScores(score, predictions), probabilities, labels, config.loss);
    const { outcome, found } = fitScrc(pairs, config);
    await outputs.policy.write({
      policy_type: "scrc",
      class_names: [...classes],
      model: model.digest,
      fitted_on: unite(read.fitted_on, gate?.fitted_on ?? []),
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
    else
      log.info(
        `SCRC-${outcome.variant}: ${found.decided} of ${found.count} images get one label, risk ${found.risk.toFixed(4)}`,
      );
  },
});
