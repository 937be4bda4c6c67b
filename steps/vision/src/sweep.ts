import { defineStep, z } from "@orchestrate/sdk";
import { fittedTo } from "./lineage/fitted-to.ts";
import { policyArtifact } from "./policy/policy.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readPredictions } from "./predictions/read-predictions.ts";
import { checkScores } from "./sweep/check-scores.ts";
import { curve, curveArtifact } from "./sweep/curve.ts";
import { fitPolicy } from "./sweep/fit-policy.ts";
import { probabilities } from "./trainer/probabilities.ts";

export default defineStep({
  summary: "Fits the decision threshold of greatest MCC, and a selective one, to predictions of calib_fit.",
  config: z.strictObject({
    /** The share of images that the selective threshold must accept. */
    coverageFloor: z.number().gt(0).max(1).default(0.7),
    /** Most points of each curve. */
    curvePoints: z.number().int().min(3).max(100_000).default(1000),
  }),
  inputs: { predictions: predictionArtifacts.calib_fit },
  outputs: { policy: policyArtifact, curve: curveArtifact },
  async run({ config, inputs, outputs, metric, log }) {
    const { logits, labels, classes, model, origin } = readPredictions(inputs.predictions, "calib_fit");
    const fitted_on = fittedTo("vision/sweep", model.fitted_on, origin);
    const scores = probabilities(logits);
    checkScores(scores, labels, classes);
    const fitted = fitPolicy(scores, labels, { classes, model: model.digest, fitted_on }, config.coverageFloor);
    const { threshold, metrics, selective } = fitted.policy;
    await outputs.policy.write(fitted.policy);
    await outputs.curve.write(curve(fitted, config.curvePoints));
    metric("threshold", threshold);
    for (const name of ["mcc", "accuracy", "precision", "recall", "f1", "fnr", "fpr"] as const)
      metric(name, metrics[name]);
    metric("selective_coverage", selective.coverage);
    metric("selective_risk", selective.risk);
    log.info(`threshold ${threshold.toFixed(4)}: mcc ${metrics.mcc.toFixed(4)} on ${labels.length} images`);
  },
});
