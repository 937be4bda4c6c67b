import { StepError, z } from "@orchestrate/sdk";
import { MaskedOptions } from "../pretrain/masked-options.ts";
import type { Backbone } from "../weights/backbone.ts";
import type { Adaptation } from "./adapter.ts";

/** How a backbone is adapted to other images. */
export const AdaptationOptions = z.strictObject({
  ...MaskedOptions.shape,
  epochs: z.number().int().positive().default(60),
  lr: z.number().positive().default(0.001),
  /** Of the adapters' matrices; at most an eighth of the backbone's width, which is what it is where it is left out. */
  rank: z.number().int().positive().optional(),
  /** Adapters are scaled by alpha / √rank. */
  alpha: z.number().positive().default(4),
  /** How many of the last blocks are trained whole. */
  unfrozen: z.number().int().min(1).max(2).default(1),
});
export type AdaptationOptions = z.infer<typeof AdaptationOptions>;

/**
 * The adaptation of a backbone, where the options suit it.
 *
 * @throws StepError `backbone-random` (policy) where its weights have seen no image, and `adaptation-does-not-fit`
 * (input).
 */
export function planAdaptation({ architecture, origin }: Backbone, options: AdaptationOptions): Adaptation {
  if (origin === "random") {
    throw new StepError({
      error: "backbone-random",
      category: "policy",
      detail: "The backbone's weights are random: nothing was learnt that could be adapted.",
      hint: "Train it with vision/pretrain for at least one epoch, or bring one with vision/import-backbone.",
    });
  }
  const { width, depth } = architecture;
  const most = Math.max(1, Math.floor(width / 8));
  const { rank = most, alpha, unfrozen } = options;
  if (rank > most)
    throw misfit(`rank ${rank} is more than an eighth of its width, ${width}`, `Set rank to ${most} at most.`);
  if (unfrozen >= depth) {
    throw misfit(
      `with ${unfrozen} of its ${depth} blocks unfrozen none is left to adapt`,
      "Lower unfrozen, or take a deeper backbone.",
    );
  }
  return { backbone: architecture, rank, alpha, unfrozen };
}

function misfit(what: string, hint: string): StepError {
  return new StepError({
    error: "adaptation-does-not-fit",
    category: "input",
    detail: `The adaptation does not fit the backbone: ${what}.`,
    hint,
  });
}
