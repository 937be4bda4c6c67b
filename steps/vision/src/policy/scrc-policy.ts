import { z } from "@orchestrate/sdk";
import { GateNetwork } from "../gate/gate.ts";
import { policyBase, share } from "./policy-base.ts";

/** By what an image is selected: the size of l₁ − l₀, or a gate's score; the greater the likelier it is selected. */
export const SelectionScore = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("margin") }),
  z.strictObject({ by: z.literal("gate"), network: GateNetwork }),
]);
export type SelectionScore = z.infer<typeof SelectionScore>;

/** SCRC-T carries its calibration, from which λ₁ and λ₂ come anew for each image: [score, needed λ] pairs. */
const Transductive = z.strictObject({
  status: z.literal("feasible"),
  variant: z.literal("T"),
  calibration: z.array(z.tuple([z.number(), share])).min(1),
});

/** SCRC-I carries λ₁ and λ₂, which hold with probability 1 − δ over the calibration. */
const Inductive = z.strictObject({
  status: z.literal("feasible"),
  variant: z.literal("I"),
  lambda1: z.number(),
  lambda2: share,
  delta: share,
});

const Infeasible = z.strictObject({ status: z.literal("infeasible"), variant: z.enum(["T", "I"]), reason: z.string() });

/**
 * Selective conformal risk control: selects images, and gives each a set of labels; one label is a call, both are a
 * deferral, as is not being selected. `docs/guide/selective-risk.md` says what is promised.
 */
export const ScrcPolicy = z.strictObject({
  policy_type: z.literal("scrc"),
  ...policyBase,
  /** The risk among the selected is to be at most alpha, and their share at least xi. */
  alpha: share,
  xi: share,
  loss: z.enum(["miscoverage", "missed-positive"]),
  score: SelectionScore,
  outcome: z.union([z.discriminatedUnion("variant", [Transductive, Inductive]), Infeasible]),
  /** On calib_conformal, as found: how many were there and selected, their mean loss, and how many got one label. */
  found: z.strictObject({
    count: z.number().int().nonnegative(),
    selected: z.number().int().nonnegative(),
    decided: z.number().int().nonnegative(),
    risk: share,
  }),
});
export type ScrcPolicy = z.infer<typeof ScrcPolicy>;
