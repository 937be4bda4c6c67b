import { z } from "@orchestrate/sdk";
import type { BackboneArchitecture } from "./architecture.ts";

const count = z.number().int().positive().optional();

/**
 * The shape of a network as a user gives it; what is left out is as `defaultShape` says, or as the backbone that is
 * wired has it.
 */
export const ShapeOptions = z.strictObject({
  /** Pixels along each side of a patch; the images' size must be a multiple of it. Default 8: 16 tokens at 32 × 32. */
  patch: count,
  /** Pixels that a token sees beyond each side of its patch. Default half of `patch`, rounded down. */
  overlap: z.number().int().nonnegative().optional(),
  /** Values per token. Default 64. */
  width: count,
  /** Blocks. Default 4. */
  depth: count,
  /** How tokens learn of each other. Default `perceptron`. */
  mixing: z.enum(["attention", "perceptron"]).optional(),
  /** Heads of self-attention. Default 4. */
  heads: count,
  /** Hidden values of a perceptron, as a multiple of the width. Default 2. */
  expansion: count,
});
export type ShapeOptions = z.infer<typeof ShapeOptions>;

export const defaultShape: Omit<BackboneArchitecture, "size" | "overlap"> = {
  channels: 3,
  patch: 8,
  width: 64,
  depth: 4,
  mixing: "perceptron",
  heads: 4,
  expansion: 2,
  activation: "relu",
  pooling: "mean",
  epsilon: 1e-5,
};

/** The options that are given and are not what the architecture has, as `width 32, not 64`. */
export function contradictions(options: ShapeOptions, architecture: BackboneArchitecture): readonly string[] {
  return (Object.keys(ShapeOptions.shape) as (keyof ShapeOptions)[])
    .filter((name) => options[name] !== undefined && options[name] !== architecture[name])
    .map((name) => `${name} ${options[name]}, not ${architecture[name]}`);
}
