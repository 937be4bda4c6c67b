import { defineStep, file, z } from "@orchestrate/sdk";
import { calibrated } from "./calibrate/calibrated.ts";
import { reliabilityDiagram } from "./charts/reliability-diagram.ts";
import { drawCurves, drawHardExamples } from "./evaluate/draw-evaluation.ts";
import { evaluationArtifact, metricsArtifact } from "./evaluate/evaluation.ts";
import { hardExamples } from "./evaluate/hard-examples.ts";
import { measureDecisions } from "./evaluate/measure-decisions.ts";
import { selectiveTable } from "./evaluate/selective-table.ts";
import { slices } from "./evaluate/slices.ts";
import { readSplit } from "./images/read-split.ts";
import { splitArtifacts } from "./images/split-kinds.ts";
import { requireSameModel } from "./lineage/require-same-model.ts";
import { requireSamePictures } from "./lineage/require-same-pictures.ts";
import { requireUnseen } from "./lineage/require-unseen.ts";
import { bootstrap } from "./metrics/bootstrap.ts";
import { kolmogorovSmirnov, meanDiscrepancy, populationStability } from "./metrics/drift.ts";
import { type Decision, decide } from "./policy/decide.ts";
import { infeasibility } from "./policy/infeasibility.ts";
import { type Policy, policyArtifact } from "./policy/policy.ts";
import { checkScores } from "./predictions/check-scores.ts";
import { predictionArtifacts } from "./predictions/prediction-kinds.ts";
import type { Predictions } from "./predictions/predictions.ts";
import { readPredictions } from "./predictions/read-predictions.ts";

const measured = [
  "mcc",
  "accuracy",
  "precision",
  "recall",
  "f1",
  "fnr",
  "fpr",
  "coverage",
  "nll",
  "brier",
  "ece",
  "mce",
  "auroc",
  "average_precision",
  "aurc",
  "augrc",
] as const;

export default defineStep({
  summary: "Judges a model and its policy by val_test, which nothing else has seen.",
  config: z.strictObject({
    /** Resamples of the bootstrap, and the level of its intervals. */
    resamples: z.number().int().min(100).default(1000),
    level: z.number().gt(0).lt(1).default(0.95),
    /** Most hard examples of each sort. */
    hard: z.number().int().positive().default(8),
    /** How SCRC-T decides: each picture as if it came alone, or all jointly. */
    batch: z.enum(["single", "joint"]).default("single"),
  }),
  inputs: {
    predictions: predictionArtifacts.val_test,
    /** The pictures themselves, for slices and the contact sheet. */
    val_test: splitArtifacts.val_test,
    /** Without it, a probability of at least 0.5 is positive. */
    policy: policyArtifact.optional(),
    /** What drift is measured against. */
    train: predictionArtifacts.train.optional(),
  },
  outputs: {
    evaluation: evaluationArtifact,
    metrics: metricsArtifact,
    reliability: file("image/svg+xml", "reliability.svg"),
    roc: file("image/svg+xml", "roc.svg"),
    precision_recall: file("image/svg+xml", "precision-recall.svg"),
    coverage_risk: file("image/svg+xml", "coverage-risk.svg"),
    hard_examples: file("image/svg+xml", "hard-examples.svg"),
  },
  seeds: ["bootstrap", "drift"],
  async run({ config, inputs, outputs, seeds, metric, log }) {
    const predictions = readPredictions(inputs.predictions, "val_test");
    const split = readSplit(inputs.val_test, "val_test");
    const { labels, names, model, origin } = predictions;
    requireSamePictures(predictions, split);
    requireUnseen("vision/evaluate", "the model", model.fitted_on, origin);
    const policy = await inputs.policy?.read();
    if (policy !== undefined) {
      requireSameModel("vision/evaluate", "the policy", policy, predictions);
      requireUnseen("vision/evaluate", "the policy", policy.fitted_on, origin);
    }
    const infeasible = policy === undefined ? null : (infeasibility(policy) ?? null);
    if (infeasible !== null) log.warn(`the policy is infeasible (${infeasible}); the likelier label is judged instead`);
    const decisions = decisionsOf(infeasible === null ? policy : undefined, predictions, config.batch);
    const probabilities = Float64Array.from(decisions, ({ probability }) => probability);
    checkScores(probabilities, predictions);

    const whole = measureDecisions(decisions, labels, [...labels.keys()]);
    const options = { resamples: config.resamples, level: config.level, seed: seeds.bootstrap };
    const intervals = bootstrap(measured, labels.length, (rows) => measureDecisions(decisions, labels, rows), options);
    const hard = hardExamples(names, labels, decisions, config.hard);
    await outputs.evaluation.write({
      schema: "vision.evaluation/1",
      origin,
      model,
      policy: policy === undefined ? null : { policy_type: policy.policy_type, infeasible },
      count: labels.length,
      level: config.level,
      resamples: config.resamples,
      metrics: Object.fromEntries(
        measured.map((name) => [name, { value: whole[name], interval: intervals.get(name) ?? null }]),
      ),
      selective: selectiveTable(probabilities, labels),
      confusion: { tp: whole.tp, tn: whole.tn, fp: whole.fp, fn: whole.fn },
      slices: slices(split.metadata, decisions, labels),
      hard,
      drift:
        inputs.train === undefined
          ? null
          : driftFrom(readPredictions(inputs.train, "train"), predictions, policy, seeds.drift),
    });
    await outputs.metrics.write({ split: "val_test", count: labels.length, ...whole });
    const curves = drawCurves(probabilities, labels);
    await outputs.reliability.write(reliabilityDiagram("Reliability on val_test", labels, { model: probabilities }));
    await outputs.roc.write(curves.roc);
    await outputs.precision_recall.write(curves.precisionRecall);
    await outputs.coverage_risk.write(curves.coverageRisk);
    await outputs.hard_examples.write(await drawHardExamples(hard, split));
    for (const name of measured) {
      const value = whole[name];
      if (value !== null) metric(name, value);
    }
    const [negative, positive] = predictions.classes;
    log.info(
      `${whole.tp} of ${whole.tp + whole.fn} decided "${positive}" found, ${whole.fp} of ${whole.fp + whole.tn} "${negative}" called so`,
    );
    log.info(`mcc ${whole.mcc.toFixed(4)}, coverage ${whole.coverage.toFixed(3)} on ${labels.length} images`);
  },
});

function decisionsOf(policy: Policy | undefined, predictions: Predictions, batch: "single" | "joint"): Decision[] {
  if (policy !== undefined) return decide(policy, predictions, batch);
  return Array.from(calibrated(null, predictions.logits), (p) => ({ call: p >= 0.5 ? 1 : 0, probability: p }));
}

function driftFrom(train: Predictions, test: Predictions, policy: Policy | undefined, seed: number) {
  const [before, after] = [train, test].map(({ logits }) => calibrated(policy?.calibration ?? null, logits));
  return {
    psi: populationStability(before!, after!),
    ks: kolmogorovSmirnov(before!, after!),
    mmd: meanDiscrepancy(train.features, test.features, test.width, { seed }),
  };
}
