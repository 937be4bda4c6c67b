import { type BackboneArchitecture, viewSide } from "./architecture.ts";
import type { Preprocessing } from "./preprocessing.ts";

/**
 * Normalises one image and cuts it into what each token sees: its patch, and `overlap` pixels beyond each side of it,
 * where what lies outside of the image is 0, the mean colour. Patches go left to right, then down; within a view rows,
 * pixels, channels.
 *
 * @param image [size, size, 3], bytes or any values in their range.
 * @param target where [patches, view values] values go, beginning at `offset`.
 */
export function writeViews(
  image: ArrayLike<number>,
  architecture: Pick<BackboneArchitecture, "size" | "patch" | "overlap">,
  { mean, deviation }: Preprocessing,
  target: Float32Array,
  offset: number,
): void {
  const { size, patch, overlap } = architecture;
  const side = viewSide(architecture);
  const scale = deviation.map((value) => 1 / (255 * value));
  const shift = mean.map((value, channel) => -value / deviation[channel]!);
  let to = offset;
  for (let top = -overlap; top + overlap < size; top += patch) {
    for (let left = -overlap; left + overlap < size; left += patch) {
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++, to += 3) {
          const isInside = y >= 0 && y < size && x >= 0 && x < size;
          const from = (y * size + x) * 3;
          for (let channel = 0; channel < 3; channel++) {
            target[to + channel] = isInside ? image[from + channel]! * scale[channel]! + shift[channel]! : 0;
          }
        }
      }
    }
  }
}
