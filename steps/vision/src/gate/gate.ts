import { json, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";

const numbers = z.array(z.number());

/**
 * A perceptron that scores how well a prediction can be trusted: inputs are the picture's features and |l₁ − l₀|,
 * brought to mean 0 and deviation 1; hidden = ReLU(inputs · weights + bias); score = hidden · select + selectBias, of
 * any size.
 */
export const GateNetwork = z.strictObject({
  /** One for each input, the features first. */
  mean: numbers,
  deviation: numbers,
  /** Rows are inputs, columns hidden values. */
  weights: z.array(numbers),
  bias: numbers,
  select: numbers,
  selectBias: z.number(),
});
export type GateNetwork = z.infer<typeof GateNetwork>;

/** How a gate's score becomes the probability that the model's call is right. */
export const GateCalibrator = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("platt"), slope: z.number(), intercept: z.number() }),
  z.strictObject({ method: z.literal("isotonic"), at: numbers.min(1), values: numbers.min(1) }),
]);
export type GateCalibrator = z.infer<typeof GateCalibrator>;

/** A gate for one model, or why there is none. */
export const Gate = z.strictObject({
  schema: z.literal("vision.gate/1"),
  /** Digest of the model's file. */
  model: z.string().startsWith("sha256:"),
  fitted_on: FittedOn,
  outcome: z.discriminatedUnion("status", [
    z.strictObject({ status: z.literal("calibrated"), network: GateNetwork, calibrator: GateCalibrator }),
    z.strictObject({ status: z.literal("not-calibratable"), reason: z.string() }),
  ]),
});
export type Gate = z.infer<typeof Gate>;

export const gateArtifact = json("gate.json", Gate, { kind: "vision/gate" });
