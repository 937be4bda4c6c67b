import { defineStep, file, z } from "@orchestrate/sdk";
import { calibrationArtifact } from "./calibrate/calibration.ts";
import { coverageRiskPlot } from "./charts/coverage-risk-plot.ts";
import { bestSelection, fitGate } from "./gate/fit-gate.ts";
import { gateArtifact } from "./gate/gate.ts";
import type { ObjectiveWeights } from "./gate/gate-objective.ts";
import type { GatePolicy } from "./policy/gate-policy.ts";
import { policyArtifact } from "./policy/policy.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readCalibrated } from "./predictions/read-calibrated.ts";
import { requireBothClasses } from "./predictions/require-both-classes.ts";

/**
 * `selective-net`: ½·[risk + 32·max(0, c − φ)²] + ½·CE, as its paper has it. `original`: risk + max(0, c − φ)² + ½·CE.
 */
const objectives: Readonly<Record<"selective-net" | "original", ObjectiveWeights>> = {
  "selective-net": { selective: 0.5, coverage: 32, auxiliary: 0.5 },
  original: { selective: 1, coverage: 1, auxiliary: 0.5 },
};

export default defineStep({
  summary: "Trains a gate that tells which of a model's calls can be trusted, and calibrates it, on calib_fit.",
  config: z.strictObject({
    /** The share of images that must be accepted; also the c of the objective. */
    coverage: z.number().gt(0).max(1).default(0.7),
    /** The share of wrong calls that is allowed among the accepted. */
    error: z.number().min(0).lt(1).default(0.02),
    objective: z.enum(["selective-net", "original"]).default("selective-net"),
    /** Hidden values. */
    hidden: z.number().int().positive().default(16),
    /** The cost of the squares of all weights. */
    decay: z.number().min(0).default(0.001),
    /** Folds of the cross-fitting. */
    folds: z.number().int().min(2).default(5),
    calibrator: z.enum(["platt", "isotonic"]).default("platt"),
  }),
  inputs: { predictions: predictionArtifacts.calib_fit, calibration: calibrationArtifact.optional() },
  outputs: { policy: policyArtifact, gate: gateArtifact, plot: file("image/svg+xml", "gate-coverage.svg").optional() },
  seeds: ["folds", "weights"],
  async run({ config, inputs, outputs, seeds, metric, log }) {
    const { predictions, map, probabilities, fitted_on } = await readCalibrated("vision/gate", inputs, "calib_fit");
    requireBothClasses(predictions);
    const { labels, classes, model } = predictions;
    const wrong = labels.map((label, row) => (probabilities[row]! >= 0.5 === (label === 1) ? 0 : 1));
    const fitted = fitGate(predictions, labels, wrong, { ...config, weights: objectives[config.objective], seeds });
    const base: Omit<GatePolicy, "outcome"> = {
      policy_type: "gate",
      class_names: [...classes],
      model: model.digest,
      fitted_on,
      calibration: map,
      target: { coverage: config.coverage, error: config.error },
    };
    const write = async (outcome: GatePolicy["outcome"]) => {
      await outputs.policy.write({ ...base, outcome });
      if (outcome.status === "feasible") {
        metric("coverage", outcome.coverage);
        metric("error", outcome.error);
        log.info(`accepts ${(100 * outcome.coverage).toFixed(1)} % with an error of ${outcome.error.toFixed(4)}`);
      } else log.warn(`${outcome.status}: ${outcome.reason}`);
    };
    const head = { schema: "vision.gate/1", model: model.digest, fitted_on } as const;
    metric(
      "errors",
      wrong.reduce((sum, each) => sum + each, 0),
    );
    if ("reason" in fitted) {
      const outcome = { status: "not-calibratable", reason: fitted.reason } as const;
      await outputs.gate.write({ ...head, outcome });
      return write(outcome);
    }
    await outputs.gate.write({ ...head, outcome: fitted.outcome });
    await outputs.plot.write(coverageRiskPlot("Cross-fitted gate on calib_fit", { gate: fitted.selections }));
    const best = bestSelection(fitted.selections, config);
    if (best === undefined) {
      const reason = `no threshold accepts ${config.coverage} of the pictures with an error of at most ${config.error}`;
      return write({ status: "infeasible", reason });
    }
    const { network, calibrator } = fitted.outcome;
    const { threshold, coverage, risk, accepted } = best;
    return write({ status: "feasible", network, calibrator, threshold, coverage, error: risk, accepted });
  },
});
