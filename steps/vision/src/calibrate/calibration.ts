import { json, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";

const finite = z.number();

/** p = σ((l₁ − l₀) / T) (Guo et al. 2017, arXiv 1706.04599). */
const Temperature = z.strictObject({ method: z.literal("temperature"), temperature: z.number().positive() });

/** p = σ(slope · (l₁ − l₀) + intercept) (Platt 1999). */
const Platt = z.strictObject({ method: z.literal("platt"), slope: finite, intercept: finite });

/** p rises from value to value with l₁ − l₀, linearly between, flat beyond (Zadrozny and Elkan 2002). */
const Isotonic = z.strictObject({
  method: z.literal("isotonic"),
  /** Ascending differences l₁ − l₀. */
  at: z.array(finite).min(1),
  /** Never falling, in [0, 1]; one for each of `at`. */
  values: z.array(z.number().min(0).max(1)).min(1),
});

/** p = σ(a · ln q − b · ln(1 − q) + c), where q = σ(l₁ − l₀) (Kull et al. 2017). */
const Beta = z.strictObject({ method: z.literal("beta"), a: finite.min(0), b: finite.min(0), c: finite });

/**
 * p = softmax(weights · ln q + bias)₁, q = softmax(l) (Kull et al. 2019, arXiv 1910.12656); rows of weights are
 * classes.
 */
const Dirichlet = z.strictObject({
  method: z.literal("dirichlet"),
  weights: z.tuple([z.tuple([finite, finite]), z.tuple([finite, finite])]),
  bias: z.tuple([finite, finite]),
});

/** A map from a model's logits to the probability of the positive class. */
export const CalibrationMap = z.discriminatedUnion("method", [Temperature, Platt, Isotonic, Beta, Dirichlet]);
export type CalibrationMap = z.infer<typeof CalibrationMap>;
export type CalibrationMethod = CalibrationMap["method"];

/** A map with what it was fitted to. */
export const Calibration = z.strictObject({
  schema: z.literal("vision.calibration/1"),
  map: CalibrationMap,
  /** Digest of the model's file. */
  model: z.string().startsWith("sha256:"),
  fitted_on: FittedOn,
});
export type Calibration = z.infer<typeof Calibration>;

export const calibrationArtifact = json("calibration.json", Calibration, { kind: "vision/calibration" });
