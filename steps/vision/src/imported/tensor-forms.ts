import type { Tensor } from "../weights/tensor.ts";

/** A matrix with rows and columns changed about. */
export function transpose({ shape, data }: Tensor): Tensor {
  const [rows = 0, columns = 0] = shape;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = data[row * columns + column]!;
  }
  return { shape: [columns, rows], data: turned };
}

/** A tensor's values in one row. */
export function vector({ data }: Tensor): Tensor {
  return { shape: [data.length], data };
}

/** The last axis times a vector, where there is one. */
export function scaleColumns(tensor: Tensor, scale: Tensor | undefined): Tensor {
  if (scale === undefined) return tensor;
  const { shape, data } = tensor;
  return { shape, data: data.map((value, index) => value * scale.data[index % scale.data.length]!) };
}
