import type { Fit } from "../images/fit.ts";
import type { Policy } from "../policy/policy.ts";
import type { TrainedModel } from "../weights/model.ts";

/** The README.md of a bundle: what is in it, and how to decide with it. */
export function bundleReadme({ architecture, fit, classes }: TrainedModel, policy: Policy): string {
  const [negative, positive] = classes;
  return `# A classifier of images: ${negative} or ${positive}

| file | what it is |
|---|---|
| bundle.json | class names, preprocessing, and the digest of every other file |
| model.safetensors | the weights; \`model\` in its metadata describes the network |
| model.onnx | the same network as ONNX, opset 17: \`pixels\`, bytes as floats, to \`logits\`; it does step 2 by itself |
| policy.json | how a probability becomes a decision |
| provenance.json | the digests of what this was made from, and the splits that had a part in it |

1. Bring an image to ${architecture.size} × ${architecture.size} pixels of sRGB, ${fitting[fit]}.
2. Take (byte / 255 − mean) / deviation for each channel, as bundle.json says under \`preprocessing\`.
3. The network gives two logits; the probability of "${positive}" is 1 / (1 + exp(first − second)).
4. ${decision(policy, negative, positive)}
`;
}

const fitting: Readonly<Record<Fit, string>> = {
  fill: "stretched where it isn't square",
  cover: "cut at both ends of its longer sides where it isn't square",
  contain: "with black margins where it isn't square",
};

function decision(policy: Policy, negative: string | undefined, positive: string | undefined): string {
  const calibrated = policy.calibration === null ? "that" : "that, calibrated as policy.json says,";
  const likelier = `"${positive}" where ${calibrated} is at least 0.5, and "${negative}" otherwise`;
  switch (policy.policy_type) {
    case "threshold":
      return `It is "${positive}" where ${calibrated} is at least ${policy.threshold}, and "${negative}" otherwise.`;
    case "temperature":
    case "platt":
    case "isotonic":
    case "beta":
    case "dirichlet":
      return `It is ${likelier}.`;
    case "gate":
      return `Where the gate of policy.json trusts the network, it is ${likelier}; elsewhere it is left open.`;
    case "scrc":
      return `Where policy.json selects the image and gives it one label, it is ${likelier}; elsewhere it is left open. Among the selected, the ${policy.loss} risk is at most ${policy.alpha}.`;
    default:
      return policy satisfies never;
  }
}
