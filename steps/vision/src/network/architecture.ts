import { z } from "@orchestrate/sdk";

const side = z.number().int().positive();

const backboneShape = {
  /** Pixels along each side of an image; a multiple of `patch`. */
  size: side,
  channels: z.literal(3),
  /** Pixels along each side of a patch; (size / patch)² patches are the tokens. */
  patch: side,
  /**
   * Pixels that a token sees of what lies around its patch, beyond each side; beyond the image's edge it sees the mean
   * colour.
   */
  overlap: z.number().int().nonnegative().default(0),
  /** Values per token; a multiple of `heads`. */
  width: side,
  /** Blocks. */
  depth: side,
  /** How tokens learn of each other: self-attention, or a perceptron over tokens (MLP-Mixer). */
  mixing: z.enum(["attention", "perceptron"]),
  /** Heads of self-attention. */
  heads: side,
  /** Hidden values of a block's perceptron, as a multiple of `width`. */
  expansion: side,
  /**
   * Between the two matrices of a perceptron. `gelu` is the exact one, x · Φ(x), which takes half as long again here.
   */
  activation: z.enum(["relu", "gelu"]).default("relu"),
  /** What of the tokens goes to a head: their mean, or a token of its own that stands before the patches. */
  pooling: z.enum(["mean", "class"]).default("mean"),
  /** Added to the variance in a layer norm. */
  epsilon: z.number().positive().default(1e-5),
};

const fits = <T extends z.ZodType<{ size: number; patch: number; width: number; heads: number }>>(schema: T): T =>
  schema
    .refine(({ size, patch }) => size % patch === 0, { error: "size must be a multiple of patch", path: ["patch"] })
    .refine(({ width, heads }) => width % heads === 0, { error: "width must be a multiple of heads", path: ["heads"] });

/** What turns an image into features. Its tensors follow from it (see `backboneLayout`). */
export const BackboneArchitecture = fits(z.strictObject(backboneShape));
export type BackboneArchitecture = z.infer<typeof BackboneArchitecture>;

/** A backbone with a head for two classes on it. */
export const Architecture = fits(z.strictObject({ ...backboneShape, classes: z.literal(2) }));
export type Architecture = z.infer<typeof Architecture>;

/** The number of patches. */
export function patchCount({ size, patch }: Pick<BackboneArchitecture, "size" | "patch">): number {
  return (size / patch) ** 2;
}

/** The number of tokens that the blocks see: the patches, and the class token where there is one. */
export function tokenCount(architecture: Pick<BackboneArchitecture, "size" | "patch" | "pooling">): number {
  return patchCount(architecture) + (architecture.pooling === "class" ? 1 : 0);
}

/** Values of a patch: patch × patch × channels. */
export function patchLength({ patch, channels }: Pick<BackboneArchitecture, "patch" | "channels">): number {
  return patch * patch * channels;
}

/** Values that a token sees, those of its patch and of what overlaps: as a patch of `patch + 2 · overlap`. */
export function viewLength(architecture: Pick<BackboneArchitecture, "patch" | "overlap" | "channels">): number {
  return patchLength({ ...architecture, patch: viewSide(architecture) });
}

/** Pixels along each side of what a token sees. */
export function viewSide({ patch, overlap }: Pick<BackboneArchitecture, "patch" | "overlap">): number {
  return patch + 2 * overlap;
}
