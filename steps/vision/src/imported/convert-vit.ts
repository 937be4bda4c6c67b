import { type BackboneArchitecture, patchCount } from "../network/architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { maskedLayout } from "../pretrain/masked-layout.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import type { Tensor } from "../weights/tensor.ts";
import { resamplePositions } from "./resample-positions.ts";
import { scaleColumns, transpose, vector } from "./tensor-forms.ts";
import type { VitTensors } from "./vit-tensors.ts";

/**
 * A vision transformer's tensors in the form that `maskedLayout` lists: matrices [in, out], patches by rows, pixels,
 * channels, queries, keys and values apart, layer scales multiplied into what they scale. What only the masked
 * objective needs is drawn at random.
 */
export function convertVit(vit: VitTensors, architecture: BackboneArchitecture, seed: number): Map<string, Tensor> {
  const { width, depth, patch } = architecture;
  const converted = new Map<string, Tensor>();
  const put = (name: string, tensor: Tensor) => converted.set(name, tensor);
  put("embed.weight", patchMatrix(vit.get("patches.weight"), width, patch));
  put("embed.bias", vit.find("patches.bias") ?? zeros(width));
  put("class", vector(vit.get("class")));
  const grid = Math.sqrt(patchCount(architecture));
  put("position", resamplePositions(vit.get("positions"), width, grid));
  for (let block = 0; block < depth; block++) {
    const [from, to] = [`${block}.`, `blocks.${block}.`];
    for (const norm of ["norm1", "norm2"]) {
      put(`${to}${norm}.scale`, vit.get(`${from}${norm}.weight`));
      put(`${to}${norm}.bias`, vit.get(`${from}${norm}.bias`));
    }
    for (const [at, part] of ["query", "key", "value"].entries()) {
      const source = vit.fused ? "fused" : part;
      const first = vit.fused ? at * width : 0;
      put(`${to}${part}.weight`, transpose(rows(vit.get(`${from}${source}.weight`), first, width)));
      put(`${to}${part}.bias`, rows(vit.find(`${from}${source}.bias`) ?? zeros(first + width), first, width));
    }
    for (const [part, scale] of [
      ["output", "scale1"],
      ["up", ""],
      ["down", "scale2"],
    ] as const) {
      const weight = vit.get(`${from}${part}.weight`);
      const gamma = scale === "" ? undefined : vit.find(`${from}${scale}`);
      put(`${to}${part}.weight`, scaleColumns(transpose(weight), gamma));
      put(`${to}${part}.bias`, scaleColumns(vit.find(`${from}${part}.bias`) ?? zeros(weight.shape[0]!), gamma));
    }
  }
  put("norm.scale", vit.get("norm.weight"));
  put("norm.bias", vit.get("norm.bias"));
  const specs = maskedLayout(architecture);
  const drawn = toTensors(specs, initialValues(specs, seed));
  return new Map(specs.map(({ name }) => [name, converted.get(name) ?? drawn.get(name)!]));
}

/** A convolution's kernel [width, 3, patch, patch] to [patch · patch · 3, width]. */
function patchMatrix({ data }: Tensor, width: number, patch: number): Tensor {
  const area = patch * patch;
  const values = new Float32Array(area * 3 * width);
  for (let out = 0; out < width; out++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let pixel = 0; pixel < area; pixel++) {
        values[(pixel * 3 + channel) * width + out] = data[(out * 3 + channel) * area + pixel]!;
      }
    }
  }
  return { shape: [area * 3, width], data: values };
}

/** Some rows of a matrix, or elements of a vector. */
function rows({ shape, data }: Tensor, first: number, count: number): Tensor {
  const columns = shape.slice(1);
  const length = columns.reduce((product, side) => product * side, 1);
  return { shape: [count, ...columns], data: data.slice(first * length, (first + count) * length) };
}

function zeros(length: number): Tensor {
  return { shape: [length], data: new Float32Array(length) };
}
