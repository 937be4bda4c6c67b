import { StepError } from "@orchestrate/sdk";
import type { Tensor } from "../weights/tensor.ts";

/** The tensors of a vision transformer as its file names them, by what they are. */
export interface VitTensors {
  /** @throws StepError `vit-not-understood` where it is missing. */
  get(part: string): Tensor;
  /** Undefined where it is missing, as a bias or a layer scale may be. */
  find(part: string): Tensor | undefined;
  /** The number of blocks. */
  readonly depth: number;
  /** Whether queries, keys and values are one matrix. */
  readonly fused: boolean;
}

/**
 * Names that are used for the parts, `#` standing for the block's number: those of timm, of the original DINO and MAE
 * releases among others, and those of Hugging Face's transformers.
 */
const CONVENTIONS = {
  timm: {
    patches: "patch_embed.proj",
    class: "cls_token",
    positions: "pos_embed",
    norm: "norm",
    norm1: "blocks.#.norm1",
    norm2: "blocks.#.norm2",
    fused: "blocks.#.attn.qkv",
    query: "blocks.#.attn.q",
    key: "blocks.#.attn.k",
    value: "blocks.#.attn.v",
    output: "blocks.#.attn.proj",
    up: "blocks.#.mlp.fc1",
    down: "blocks.#.mlp.fc2",
    scale1: "blocks.#.ls1.gamma",
    scale2: "blocks.#.ls2.gamma",
  },
  transformers: {
    patches: "embeddings.patch_embeddings.projection",
    class: "embeddings.cls_token",
    positions: "embeddings.position_embeddings",
    norm: "layernorm",
    norm1: "encoder.layer.#.layernorm_before",
    norm2: "encoder.layer.#.layernorm_after",
    fused: "encoder.layer.#.attention.attention.qkv",
    query: "encoder.layer.#.attention.attention.query",
    key: "encoder.layer.#.attention.attention.key",
    value: "encoder.layer.#.attention.attention.value",
    output: "encoder.layer.#.attention.output.dense",
    up: "encoder.layer.#.intermediate.dense",
    down: "encoder.layer.#.output.dense",
    scale1: "encoder.layer.#.layer_scale1.lambda1",
    scale2: "encoder.layer.#.layer_scale2.lambda1",
  },
} as const;
type Names = (typeof CONVENTIONS)[keyof typeof CONVENTIONS];

/**
 * What stands outside of blocks and changes what they make: register and distillation tokens, a norm before the first.
 */
const EXTRAS = /^(embeddings\.)?(reg(ister)?_tokens?|dist(illation)?_token|norm_pre|pre_layrnorm)\b/;

/**
 * Finds the parts of a vision transformer among the tensors of a file, whatever stands before all of their names.
 *
 * @param name how the file is called in errors.
 * @throws StepError `vit-not-understood` (input) where it has no such names, or a part that a plain one has not:
 * without it the others would make other features.
 */
export function vitTensors(tensors: ReadonlyMap<string, Tensor>, name: string): VitTensors {
  const found = Object.values(CONVENTIONS).flatMap((names) => {
    const known = [...tensors.keys()].find((tensor) => tensor.endsWith(`${names.patches}.weight`));
    return known === undefined ? [] : [{ names, prefix: known.slice(0, -`${names.patches}.weight`.length) }];
  });
  const [convention] = found;
  if (convention === undefined) throw vitNotUnderstood(name, "it has neither timm's names nor those of transformers");
  const { names, prefix } = convention;
  const odd = [...tensors.keys()].find(
    (tensor) => tensor.startsWith(prefix) && isOdd(tensor.slice(prefix.length), names),
  );
  if (odd !== undefined) throw vitNotUnderstood(name, `tensor "${odd}" is part of no plain one`);
  const full = (part: string): string => {
    const [, block = "", what = "", rest = ""] = /^(?:(\d+)\.)?([a-z0-9]+)(.*)$/.exec(part) ?? [];
    const known = Object.entries(names).find(([each]) => each === what)?.[1] ?? what;
    return `${prefix}${known.replace("#", block)}${rest}`;
  };
  let depth = 0;
  while (tensors.has(full(`${depth}.norm1.weight`))) depth++;
  return {
    find: (part) => tensors.get(full(part)),
    get(part) {
      const tensor = tensors.get(full(part));
      if (tensor === undefined) throw vitNotUnderstood(name, `tensor "${full(part)}" is missing`);
      return tensor;
    },
    depth,
    fused: tensors.has(full("0.fused.weight")),
  };
}

/** Whether a tensor belongs to a part of a block, or of what stands around blocks, that has no name here. */
function isOdd(tensor: string, names: Names): boolean {
  const [blocks = ""] = names.norm1.split("#");
  if (!tensor.startsWith(blocks)) return EXTRAS.test(tensor);
  const part = tensor.replace(/\d+/, "#").replace(/\.(weight|bias)$/, "");
  return !Object.values(names).some((known) => known === part);
}

export function vitNotUnderstood(name: string, what: string): StepError {
  return new StepError({
    error: "vit-not-understood",
    category: "input",
    detail: `${name} is no vision transformer that can be read: ${what}.`,
    hint: "Give the weights of a plain ViT with a class token, as timm or transformers save them.",
  });
}
