import { z } from "@orchestrate/sdk";
import { splitNames } from "../images/split-kinds.ts";

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Which pictures something is of: one split, of one cut, of one pool of pictures. */
export const Origin = z.strictObject({
  split: z.enum(splitNames),
  /** Digest of which picture lies in which split: equal where the pool was divided in the same way. */
  cut: digest,
  /** Digest of the pictures that were divided, however they were. */
  pool: digest,
});
export type Origin = z.infer<typeof Origin>;
