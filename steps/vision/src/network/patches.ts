import type { Preprocessing } from "./preprocessing.ts";

/** Shape of a batch of patches. */
export interface PatchShape {
  readonly size: number;
  readonly patch: number;
}

/**
 * Normalises one image and cuts it into patches, left to right, then down; within a patch rows, pixels, channels.
 *
 * @param image [size, size, 3], bytes or any values in their range.
 * @param target where [tokens, patch · patch · 3] values go, beginning at `offset`.
 */
export function writePatches(
  image: ArrayLike<number>,
  { size, patch }: PatchShape,
  { mean, deviation }: Preprocessing,
  target: Float32Array,
  offset: number,
): void {
  const across = size / patch;
  const scale = deviation.map((value) => 1 / (255 * value));
  const shift = mean.map((value, channel) => -value / deviation[channel]!);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const token = Math.floor(y / patch) * across + Math.floor(x / patch);
      const inside = (y % patch) * patch + (x % patch);
      const to = offset + (token * patch * patch + inside) * 3;
      const from = (y * size + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        target[to + channel] = image[from + channel]! * scale[channel]! + shift[channel]!;
      }
    }
  }
}
