import type { Generator } from "../random/generator.ts";
import type { AugmentOptions } from "./train-options.ts";

/**
 * Draws one picture anew: mirrored, moved, scaled, turned, lit otherwise. Points between pixels are interpolated,
 * points beyond the edge repeat it.
 *
 * @param image [size, size, 3] bytes.
 * @param target of equal length, in the range of bytes but not rounded.
 */
export function augment(
  image: Uint8Array,
  size: number,
  options: AugmentOptions,
  random: Generator,
  target: Float32Array,
): void {
  const mirrored = options.flip && random.next() < 0.5;
  const scale = 1 + random.between(-options.zoom, options.zoom);
  const angle = (random.between(-options.turn, options.turn) * Math.PI) / 180;
  const shiftX = random.between(-options.shift, options.shift) * size;
  const shiftY = random.between(-options.shift, options.shift) * size;
  const contrast = 1 + random.between(-options.light, options.light);
  const brightness = 128 * random.between(-options.light, options.light);
  const centre = (size - 1) / 2;
  const along = scale * Math.cos(angle);
  const across = scale * Math.sin(angle);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const fromX = (mirrored ? size - 1 - x : x) - centre;
      const fromY = y - centre;
      const sourceX = within(along * fromX - across * fromY + centre + shiftX, size);
      const sourceY = within(across * fromX + along * fromY + centre + shiftY, size);
      const to = (y * size + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = interpolate(image, size, sourceX, sourceY, channel);
        target[to + channel] = (value - 128) * contrast + 128 + brightness;
      }
    }
  }
}

function within(position: number, size: number): number {
  return Math.min(size - 1, Math.max(0, position));
}

function interpolate(image: Uint8Array, size: number, x: number, y: number, channel: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, size - 1);
  const bottom = Math.min(top + 1, size - 1);
  const at = (column: number, row: number) => image[(row * size + column) * 3 + channel]!;
  const upper = at(left, top) + (at(right, top) - at(left, top)) * (x - left);
  const lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (x - left);
  return upper + (lower - upper) * (y - top);
}
