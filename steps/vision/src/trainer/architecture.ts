import { z } from "@orchestrate/sdk";

/** What a model is made of. Its tensors follow from it (see `layout`). */
export const Architecture = z
  .strictObject({
    /** Pixels along each side of an image; a multiple of `patch`. */
    size: z.number().int().positive(),
    channels: z.literal(3),
    classes: z.literal(2),
    /** Pixels along each side of a patch; (size / patch)² patches are the tokens. */
    patch: z.number().int().positive(),
    /** Values per token; a multiple of `heads`. */
    width: z.number().int().positive(),
    /** Blocks. */
    depth: z.number().int().positive(),
    /** How tokens learn of each other: self-attention, or a perceptron over tokens (MLP-Mixer). */
    mixing: z.enum(["attention", "perceptron"]),
    /** Heads of self-attention. */
    heads: z.number().int().positive(),
    /** Hidden values of a block's perceptron, as a multiple of `width`. */
    expansion: z.number().int().positive(),
  })
  .refine(({ size, patch }) => size % patch === 0, { error: "size must be a multiple of patch", path: ["patch"] })
  .refine(({ width, heads }) => width % heads === 0, { error: "width must be a multiple of heads", path: ["heads"] });
export type Architecture = z.infer<typeof Architecture>;

/** The number of tokens. */
export function tokenCount({ size, patch }: Architecture): number {
  return (size / patch) ** 2;
}

/** Values per patch: patch × patch × channels. */
export function patchLength({ patch, channels }: Architecture): number {
  return patch * patch * channels;
}
