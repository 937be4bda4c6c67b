import { createHash } from "node:crypto";
import { z } from "@orchestrate/sdk";

const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1)
  .nullable()
  .default(null);

/** Seeds that take the place of those derived from the run's: one for all, or one for a channel. */
export const SeedPack = z.strictObject({ global: seed, mis: seed, batch_order: seed, inducing: seed });
export type SeedPack = z.infer<typeof SeedPack>;

/** The channels of chance. */
const channels = ["mis", "batch_order", "inducing"] as const;
export type Channel = (typeof channels)[number];
export type Seeds = Readonly<Record<Channel, number>>;

/**
 * The seed of each channel: its own, else one made of the global one, else that of the run. The order of a batch takes
 * that of `mis` where it has none of its own.
 */
export function resolveSeeds(pack: SeedPack, ofRun: Seeds): Seeds {
  const resolve = (channel: Channel, explicit: number | null) =>
    explicit ?? (pack.global === null ? ofRun[channel] : derived(pack.global, channel));
  return {
    mis: resolve("mis", pack.mis),
    batch_order: resolve("batch_order", pack.batch_order ?? pack.mis),
    inducing: resolve("inducing", pack.inducing),
  };
}

/**
 * The first eight bytes of the SHA-256 of "global:channel" as a number, highest first, of which the lowest 31 bits
 * count.
 */
function derived(global: number, channel: Channel): number {
  return createHash("sha256").update(`${global}:${channel}`).digest().readUInt32BE(4) & 0x7fffffff;
}
