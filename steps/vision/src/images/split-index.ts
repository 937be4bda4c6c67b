import { z } from "@orchestrate/sdk";
import { Origin } from "../lineage/origin.ts";
import { Fit } from "./fit.ts";
import { Metadata } from "./metadata.ts";

/** `index.json` of a split: what its two binary files hold, and where each picture came from. */
export const SplitIndex = z.strictObject({
  schema: z.literal("vision.split/1"),
  /** Which split of which cut it is. */
  origin: Origin,
  count: z.number().int().nonnegative(),
  size: z.number().int().positive(),
  channels: z.literal(3),
  fit: Fit,
  /** Index is label; the second is the positive class. */
  classes: z.array(z.string()).length(2),
  files: z.array(
    z.strictObject({
      name: z.string(),
      label: z.number().int().min(0).max(1),
      source: z.string().startsWith("sha256:"),
      metadata: Metadata,
    }),
  ),
});
export type SplitIndex = z.infer<typeof SplitIndex>;

/** Files of a split's directory. `images.u8` is [count, size, size, channels] bytes, `labels.u8` is [count] bytes. */
export const splitFiles = { images: "images.u8", labels: "labels.u8", index: "index.json" } as const;
