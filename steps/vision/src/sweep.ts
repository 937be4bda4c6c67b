import { defineStep, file, z } from "@orchestrate/sdk";
import { calibrationArtifact } from "./calibrate/calibration.ts";
import { policyArtifact } from "./policy/policy.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readCalibrated } from "./predictions/read-calibrated.ts";
import { requireBothClasses } from "./predictions/require-both-classes.ts";
import { curve, curveArtifact } from "./sweep/curve.ts";
import { drawCurve } from "./sweep/draw-curve.ts";
import { fitPolicy } from "./sweep/fit-policy.ts";

export default defineStep({
  summary: "Fits the decision threshold of greatest MCC, and a selective one, to predictions of calib_fit.",
  config: z.strictObject({
    /** The share of images that the selective threshold must accept. */
    coverageFloor: z.number().gt(0).max(1).default(0.7),
    /** Most points of each curve. */
    curvePoints: z.number().int().min(3).max(100_000).default(1000),
  }),
  inputs: { predictions: predictionArtifacts.calib_fit, calibration: calibrationArtifact.optional() },
  outputs: { policy: policyArtifact, curve: curveArtifact, plot: file("image/svg+xml", "mcc-curve.svg") },
  async run({ config, inputs, outputs, metric, log }) {
    const { predictions, map, probabilities, fitted_on } = await readCalibrated("vision/sweep", inputs, "calib_fit");
    requireBothClasses(predictions);
    const { labels, classes, model } = predictions;
    const source = { classes, model: model.digest, fitted_on, calibration: map };
    const fitted = fitPolicy(probabilities, labels, source, config.coverageFloor);
    const { threshold, metrics, selective } = fitted.policy;
    const points = curve(fitted, config.curvePoints);
    await outputs.policy.write(fitted.policy);
    await outputs.curve.write(points);
    await outputs.plot.write(drawCurve(points, threshold));
    metric("threshold", threshold);
    for (const name of ["mcc", "accuracy", "precision", "recall", "f1", "fnr", "fpr"] as const)
      metric(name, metrics[name]);
    metric("selective_coverage", selective.coverage);
    metric("selective_risk", selective.risk);
    log.info(`threshold ${threshold.toFixed(4)}: mcc ${metrics.mcc.toFixed(4)} on ${labels.length} images`);
  },
});
