import { z } from "@orchestrate/sdk";

/** Bytes of a digest that tell one picture from another: of a billion, two agree with a chance of 3 in 100. */
const BYTES = 8;

/** A set of pictures, in base64: the first 8 bytes of each one's digest, ascending. */
export const PictureSet = z.base64();
export type PictureSet = z.infer<typeof PictureSet>;

export const noPictures: PictureSet = "";

/** The set of the pictures with these digests, as `sha256:…`, and of those in the sets `others`. */
export function pictureSet(sources: readonly string[], ...others: readonly PictureSet[]): PictureSet {
  const keys = new Set([...sources.map(keyOf), ...others.flatMap(keysOf)]);
  return Buffer.from([...keys].sort().join(""), "hex").toString("base64");
}

/** The positions, ascending, of those of `sources` that are in the set. */
export function positionsIn(set: PictureSet, sources: readonly string[]): readonly number[] {
  const keys = new Set(keysOf(set));
  return [...sources.keys()].filter((position) => keys.has(keyOf(sources[position]!)));
}

function keyOf(source: string): string {
  return source.slice("sha256:".length, "sha256:".length + BYTES * 2);
}

function keysOf(set: PictureSet): readonly string[] {
  const bytes = Buffer.from(set, "base64");
  return Array.from({ length: bytes.length / BYTES }, (_, index) =>
    bytes.toString("hex", index * BYTES, (index + 1) * BYTES),
  );
}
