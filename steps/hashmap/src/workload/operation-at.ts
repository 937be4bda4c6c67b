import { DELETE, GET, PUT } from "./row-batch.ts";

/** The operation whose three letters, large or small, stand at `start`; -1 where they are no operation's. */
export function operationAt(bytes: Uint8Array, start: number): number {
  // Setting bit 5 makes a letter a small one.
  const letters = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]! | 0x202020;
  if (letters === 0x676574) return GET;
  if (letters === 0x707574) return PUT;
  return letters === 0x64656c ? DELETE : -1;
}
