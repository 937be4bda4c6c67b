import type { Policy } from "./policy.ts";

/** Why a policy is none, where it says so itself. */
export function infeasibility(policy: Policy): string | undefined {
  switch (policy.policy_type) {
    case "threshold":
    case "temperature":
    case "platt":
    case "isotonic":
    case "beta":
    case "dirichlet":
      return undefined;
    case "gate":
    case "scrc":
      return policy.outcome.status === "feasible" ? undefined : policy.outcome.reason;
    default:
      return policy satisfies never;
  }
}
