import { json, z } from "@orchestrate/sdk";
import { CalibratedPolicy } from "./calibrated-policy.ts";
import { GatePolicy } from "./gate-policy.ts";
import { ScrcPolicy } from "./scrc-policy.ts";
import { ThresholdPolicy } from "./threshold-policy.ts";

/** How a bundle turns a model's answer into a decision. */
export const Policy = z.discriminatedUnion("policy_type", [ThresholdPolicy, CalibratedPolicy, GatePolicy, ScrcPolicy]);
export type Policy = z.infer<typeof Policy>;

export const policyArtifact = json("policy.json", Policy, { kind: "vision/policy" });
