import type { ImageSet } from "./image-set.ts";

/** Pictures of one size, whatever they show. */
export type Pixels = Pick<ImageSet, "pixels" | "size" | "channels">;

/** How many pictures there are. */
export function imageCount({ pixels, size, channels }: Pixels): number {
  return pixels.length / (size * size * channels);
}

/** The bytes of one picture. */
export function pixelsAt({ pixels, size, channels }: Pixels, position: number): Uint8Array {
  const length = size * size * channels;
  return pixels.subarray(position * length, (position + 1) * length);
}
