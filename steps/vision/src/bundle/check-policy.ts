import { StepError } from "@orchestrate/sdk";
import { infeasibility } from "../policy/infeasibility.ts";
import type { Policy } from "../policy/policy.ts";
import type { Model } from "../weights/model.ts";

/**
 * Refuses a policy that must not decide for a model.
 *
 * @param digest that of the model's file.
 * @param name how the policy's file is called in errors.
 * @throws StepError `policy-infeasible` and `policy-covers-nothing` (policy), `policy-of-other-classes` and
 * `policy-of-another-model` (input).
 */
export function checkPolicy(policy: Policy, model: Model, digest: string, name: string): void {
  const why = infeasibility(policy);
  if (why !== undefined) {
    throw new StepError({
      error: "policy-infeasible",
      category: "policy",
      detail: `${name} (${policy.policy_type}) promises nothing: ${why}.`,
      hint: "Ask for less (a greater error or alpha, a smaller coverage or xi), give more pictures to calibrate on, or wire another policy.",
    });
  }
  if (decidesNothing(policy)) {
    throw new StepError({
      error: "policy-covers-nothing",
      category: "policy",
      detail: `${name} decides no image: its coverage is 0.`,
      hint: "Fit a policy with a coverage floor above 0, or a better model.",
    });
  }
  if (policy.class_names.join("\n") !== model.classes.join("\n")) {
    throw new StepError({
      error: "policy-of-other-classes",
      category: "input",
      detail: `${name} is for the classes ${policy.class_names.join(", ")}; the model knows ${model.classes.join(", ")}.`,
      hint: "Wire the policy that was fitted to predictions of this model.",
    });
  }
  if (policy.model !== digest) {
    throw new StepError({
      error: "policy-of-another-model",
      category: "input",
      detail: `${name} was fitted to predictions of the model ${policy.model}; this one is ${digest}.`,
      hint: "Wire the policy that was fitted to predictions of this model.",
    });
  }
}

function decidesNothing(policy: Policy): boolean {
  switch (policy.policy_type) {
    case "threshold":
      return policy.coverage === 0 || policy.selective.coverage === 0;
    case "temperature":
    case "platt":
    case "isotonic":
    case "beta":
    case "dirichlet":
      return policy.coverage === 0;
    case "gate":
      return policy.outcome.status === "feasible" && policy.outcome.coverage === 0;
    case "scrc":
      return policy.found.decided === 0;
    default:
      return policy satisfies never;
  }
}
