import { defineStep, file, z } from "@orchestrate/sdk";
import { calibrated } from "./calibrate/calibrated.ts";
import { calibrationArtifact } from "./calibrate/calibration.ts";
import { calibrationReport, calibrationReportArtifact } from "./calibrate/calibration-report.ts";
import { fitCalibration } from "./calibrate/fit-calibration.ts";
import { reliabilityDiagram } from "./charts/reliability-diagram.ts";
import { binaryMetrics } from "./metrics/binary-metrics.ts";
import { confusion } from "./metrics/confusion.ts";
import { policyArtifact } from "./policy/policy.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import { readCalibrated } from "./predictions/read-calibrated.ts";
import { requireBothClasses } from "./predictions/require-both-classes.ts";
import { takeRows } from "./predictions/take-rows.ts";
import { stratifiedFolds } from "./random/stratified-folds.ts";

export default defineStep({
  summary: "Fits a map from logits to calibrated probabilities on one half of calib_fit, and reports it on the other.",
  config: z.strictObject({
    method: z.enum(["temperature", "platt", "isotonic", "beta", "dirichlet"]).default("temperature"),
  }),
  inputs: { predictions: predictionArtifacts.calib_fit },
  outputs: {
    calibration: calibrationArtifact,
    policy: policyArtifact,
    report: calibrationReportArtifact,
    diagram: file("image/svg+xml", "reliability.svg"),
  },
  seeds: ["halves"],
  async run({ config, inputs, outputs, seeds, metric, log }) {
    const source = { predictions: inputs.predictions, calibration: undefined };
    const { predictions, fitted_on } = await readCalibrated("vision/calibrate", source, "calib_fit");
    requireBothClasses(predictions, 2);
    const { model, classes } = predictions;
    const [first, second] = stratifiedFolds(predictions.labels, 2, seeds.halves).map((fold) =>
      takeRows(predictions, fold),
    );
    const map = fitCalibration(config.method, first!.logits, first!.labels);
    const { logits, labels } = second!;
    const [before, after] = [calibrated(null, logits), calibrated(map, logits)];
    const report = calibrationReport(config.method, first!.labels.length, labels, before, after);
    const metrics = binaryMetrics(
      confusion(
        labels,
        after.map((p) => (p >= 0.5 ? 1 : 0)),
      ),
    );
    await outputs.calibration.write({ schema: "vision.calibration/1", map, model: model.digest, fitted_on });
    await outputs.policy.write({
      policy_type: map.method,
      class_names: [...classes],
      model: model.digest,
      fitted_on,
      calibration: map,
      metrics,
      coverage: 1,
    });
    await outputs.report.write(report);
    await outputs.diagram.write(
      reliabilityDiagram("Reliability on the other half of calib_fit", labels, { before, after }),
    );
    metric("ece_before", report.before.ece);
    metric("ece_after", report.after.ece);
    metric("nll_before", report.before.nll);
    metric("nll_after", report.after.nll);
    metric("mcc", metrics.mcc);
    if (report.after.nll > report.before.nll) {
      const change = `NLL ${report.before.nll.toFixed(4)} → ${report.after.nll.toFixed(4)}`;
      log.warn(`${map.method} is worse than no calibration on the half it was not fitted to: ${change}`);
    }
    log.info(
      `${map.method}: ECE ${report.before.ece.toFixed(4)} → ${report.after.ece.toFixed(4)} on ${labels.length} images`,
    );
  },
});
