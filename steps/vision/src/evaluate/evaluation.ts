import { json, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { Origin } from "../lineage/origin.ts";

/** A value with its bootstrap interval; null where it is not defined, as a curve's area without both classes. */
const Measured = z.strictObject({
  value: z.number().nullable(),
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
});
export type Measured = z.infer<typeof Measured>;

export const Slice = z.strictObject({
  column: z.string(),
  value: z.string(),
  /** Pictures of the slice, and how many of them were decided. */
  count: z.number().int(),
  decided: z.number().int(),
  mcc: z.number(),
  accuracy: z.number(),
  fnr: z.number(),
  fpr: z.number(),
});
export type Slice = z.infer<typeof Slice>;

const Hard = z.strictObject({ name: z.string(), label: z.number().int(), probability: z.number() });
export type Hard = z.infer<typeof Hard>;

export const HardExamples = z.strictObject({
  /** Wrongly called positive, and wrongly called negative: the most confident first. */
  false_positives: z.array(Hard),
  false_negatives: z.array(Hard),
  /** Called right with a confidence below 0.7: the least confident first. */
  low_confidence_correct: z.array(Hard),
});
export type HardExamples = z.infer<typeof HardExamples>;

export const Drift = z.strictObject({
  /** Of the positive class's probability, against train. */
  psi: z.number(),
  ks: z.strictObject({ statistic: z.number(), p: z.number() }),
  /** Of the features. */
  mmd: z.strictObject({ squared: z.number(), p: z.number() }),
});
export type Drift = z.infer<typeof Drift>;

/** What a model and its policy are worth on val_test. */
export const Evaluation = z.strictObject({
  schema: z.literal("vision.evaluation/1"),
  origin: Origin,
  model: z.strictObject({ digest: z.string(), fitted_on: FittedOn }),
  policy: z.strictObject({ policy_type: z.string(), infeasible: z.string().nullable() }).nullable(),
  count: z.number().int(),
  level: z.number(),
  resamples: z.number().int(),
  /** Those of decisions are of the pictures that the policy decides; the others of all probabilities. */
  metrics: z.record(z.string(), Measured),
  /** Of all probabilities, whatever the policy decides. */
  selective: z.strictObject({
    risk_at_coverage: z.array(z.strictObject({ coverage: z.number(), risk: z.number() })),
    coverage_at_risk: z.array(z.strictObject({ risk: z.number(), coverage: z.number() })),
  }),
  confusion: z.strictObject({ tp: z.number(), tn: z.number(), fp: z.number(), fn: z.number() }),
  slices: z.array(Slice),
  hard: HardExamples,
  drift: Drift.nullable(),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** All that was measured on val_test, by name. */
export const metricsArtifact = json("metrics.json", z.record(z.string(), z.json()), { kind: "vision/metrics" });

export const evaluationArtifact = json("evaluation.json", Evaluation, { kind: "vision/evaluation" });
