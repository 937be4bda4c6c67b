import { createHash } from "node:crypto";

/**
 * The seed of one purpose: the first four bytes, big-endian, of SHA-256 over the JSON text of
 * `["orchestrate.seed/1", seed, purpose, seedKey or null]`, as an unsigned 32-bit integer. It depends on no name of
 * phase, step or run, so that a rename changes nothing; `seedKey` sets phases of one step apart.
 */
export function deriveSeed(seed: number, purpose: string, seedKey?: string): number {
  const text = JSON.stringify(["orchestrate.seed/1", seed, purpose, seedKey ?? null]);
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}
