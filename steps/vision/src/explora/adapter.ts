import { numpy as np } from "@jax-js/jax";
import type { BackboneArchitecture } from "../network/architecture.ts";
import { type Parameters, parameter } from "../network/operations.ts";
import { placeTensors, type TensorShape, type TensorSpec } from "../network/tensor-spec.ts";
import { maskedLayout } from "../pretrain/masked-layout.ts";

/** How much of a backbone is adapted. */
export interface Adaptation {
  readonly backbone: BackboneArchitecture;
  /** Of the two matrices that are added to one that stays frozen. */
  readonly rank: number;
  /** What is added is scaled by alpha / √rank (rsLoRA, Kalajdzievski, arXiv 2312.03732). */
  readonly alpha: number;
  /** How many of the last blocks are trained whole. */
  readonly unfrozen: number;
}

/** The factor by which the product of an adapter's two matrices is added. */
export function adapterScale({ alpha, rank }: Pick<Adaptation, "alpha" | "rank">): number {
  return alpha / Math.sqrt(rank);
}

/** The matrices of frozen blocks that get an adapter. */
export function adaptedMatrices({ backbone, unfrozen }: Adaptation): readonly string[] {
  const parts = adaptedParts(backbone.mixing);
  return Array.from({ length: backbone.depth - unfrozen }, (_, block) => block).flatMap((block) =>
    parts.map((part) => `blocks.${block}.${part}`),
  );
}

/** The names of the two matrices whose product is added to an adapted one. */
export function adapterOf(matrix: string): readonly [into: string, out: string] {
  return [`${matrix}.adapter.in.weight`, `${matrix}.adapter.out.weight`];
}

/** All that is trained: the last blocks, all layer norms, what only the objective needs, and the adapters. */
export function trainedLayout(adaptation: Adaptation): readonly TensorSpec[] {
  const { backbone, rank } = adaptation;
  const whole = maskedLayout(backbone);
  const byName = new Map(whole.map((spec) => [spec.name, spec]));
  const adapters = adaptedMatrices(adaptation).flatMap((name): TensorShape[] => {
    const [rows, columns] = byName.get(`${name}.weight`)!.shape as [number, number];
    const [into, out] = adapterOf(name);
    return [
      { name: into, shape: [rows, rank], initial: { normal: Math.sqrt(1 / rows) } },
      { name: out, shape: [rank, columns], initial: { constant: 0 } },
    ];
  });
  return placeTensors([...whole.filter(({ name }) => isUnfrozen(adaptation, name)), ...adapters]);
}

/** What stays as it is. */
export function frozenLayout(adaptation: Adaptation): readonly TensorSpec[] {
  return placeTensors(maskedLayout(adaptation.backbone).filter(({ name }) => !isUnfrozen(adaptation, name)));
}

/** The network's own tensors, each adapted matrix with its adapter added. It consumes `parameters`. */
export function withAdapters(adaptation: Adaptation, parameters: Parameters): Parameters {
  const scale = adapterScale(adaptation);
  const merged: Parameters = { ...parameters };
  for (const name of adaptedMatrices(adaptation)) {
    const [into, out] = adapterOf(name);
    const product = np.matmul(parameter(parameters, into), parameter(parameters, out));
    merged[`${name}.weight`] = parameter(parameters, `${name}.weight`).add(product.mul(scale));
    delete merged[into];
    delete merged[out];
  }
  return merged;
}

/** Of attention the queries and values, as the paper does; of a perceptron block, its two matrices over values. */
function adaptedParts(mixing: BackboneArchitecture["mixing"]): readonly string[] {
  switch (mixing) {
    case "attention":
      return ["query", "value"];
    case "perceptron":
      return ["up", "down"];
    default:
      return mixing satisfies never;
  }
}

function isUnfrozen({ backbone, unfrozen }: Adaptation, name: string): boolean {
  const block = /^blocks\.(\d+)\./.exec(name)?.[1];
  if (block !== undefined && Number(block) >= backbone.depth - unfrozen) return true;
  return /(^|\.)norm\d?\./.test(name) || name === "hidden" || name.startsWith("decoder.");
}
