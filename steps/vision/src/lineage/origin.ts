import { z } from "@orchestrate/sdk";
import { Digest } from "../digest.ts";
import { splitNames } from "../images/split-kinds.ts";

/** Which pictures something is of: one split, of one cut, of one pool of pictures. */
export const Origin = z.strictObject({
  split: z.enum(splitNames),
  /** Digest of which picture lies in which split: equal where the pool was divided in the same way. */
  cut: Digest,
  /** Digest of the pictures that were divided, however they were. */
  pool: Digest,
});
export type Origin = z.infer<typeof Origin>;
