import { defineStep, z } from "@orchestrate/sdk";
import { policyArtifact } from "./policy/policy.ts";
import { checkScores } from "./sweep/check-scores.ts";
import { curve, curveArtifact } from "./sweep/curve.ts";
import { fitPolicy } from "./sweep/fit-policy.ts";
import { predictionsArtifact } from "./sweep/predictions.ts";

export default defineStep({
  summary: "Fits the decision threshold of greatest MCC, and a selective one, to predictions on val_calib.",
  config: z.strictObject({
    /** The share of images that the selective threshold must accept. */
    coverageFloor: z.number().gt(0).max(1).default(0.7),
    /** Most points of each curve. */
    curvePoints: z.number().int().min(3).max(100_000).default(1000),
  }),
  inputs: { predictions: predictionsArtifact },
  outputs: { policy: policyArtifact, curve: curveArtifact },
  async run({ config, inputs, outputs, metric, log }) {
    const { probabilities, labels, classes } = await inputs.predictions.read();
    const scores = checkScores(probabilities, labels, classes);
    const fitted = fitPolicy(scores, labels, classes, config.coverageFloor);
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
