import type { Tensor } from "../weights/tensor.ts";

/**
 * Position embeddings [1, 1 + old², width], the class token's first, for a grid of `grid` × `grid` patches:
 * interpolated between the centres of patches, linearly along both axes, where the grid is another one.
 */
export function resamplePositions({ data }: Tensor, width: number, grid: number): Tensor {
  const old = Math.round(Math.sqrt(data.length / width - 1));
  const resampled = new Float32Array((1 + grid * grid) * width);
  resampled.set(data.subarray(0, width));
  for (let row = 0; row < grid; row++) {
    const [top, bottom, down] = between(row, grid, old);
    for (let column = 0; column < grid; column++) {
      const [left, right, along] = between(column, grid, old);
      const at = (y: number, x: number, value: number) => data[(1 + y * old + x) * width + value]!;
      for (let value = 0; value < width; value++) {
        const upper = at(top, left, value) * (1 - along) + at(top, right, value) * along;
        const lower = at(bottom, left, value) * (1 - along) + at(bottom, right, value) * along;
        resampled[(1 + row * grid + column) * width + value] = upper * (1 - down) + lower * down;
      }
    }
  }
  return { shape: [1 + grid * grid, width], data: resampled };
}

/** The two old places that a new one lies between, and how far along. */
function between(place: number, count: number, old: number): readonly [number, number, number] {
  const position = Math.min(old - 1, Math.max(0, ((place + 0.5) * old) / count - 0.5));
  const first = Math.floor(position);
  return [first, Math.min(old - 1, first + 1), position - first];
}
