import { patchCount, viewSide } from "../../network/architecture.ts";
import type { Model } from "../../weights/model.ts";
import { mixTokens } from "./mix-tokens.ts";
import { OnnxGraph } from "./onnx-graph.ts";
import { OnnxLayers } from "./onnx-layers.ts";

/**
 * Writes a classifier as an ONNX model, opset 17. Input `pixels`, [images, size, size, 3] 32-bit floats in the range of
 * bytes, sRGB; outputs `logits`, [images, 2], and `features`, [images, width]. Equal models give equal bytes.
 */
export function toOnnx(model: Model): Uint8Array {
  const { architecture, classes } = model;
  const { size, depth, width, pooling, activation } = architecture;
  const graph = new OnnxGraph();
  const layers = new OnnxLayers(graph, model);
  let values = embed(graph, layers, model);
  if (pooling === "class") {
    const first = graph.floats("class", [1, 1, width], model.tensors.get("class")!.data);
    // One for each image: nought times its first token, plus the token that all share.
    const zero = graph.apply("Mul", [
      graph.apply("Slice", [values, graph.integers([0]), graph.integers([1]), axis(graph)]),
      layers.number("nought", 0),
    ]);
    values = graph.apply("Concat", [graph.apply("Add", [zero, first]), values], { axis: { int: 1 } });
  }
  values = graph.apply("Add", [values, layers.constant("position")]);
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`;
    const mixed = mixTokens(graph, layers, architecture, name, layers.norm(`${name}.norm1`, values));
    values = graph.apply("Add", [values, mixed]);
    const hidden = layers.activate(activation, layers.linear(`${name}.up`, layers.norm(`${name}.norm2`, values)));
    values = graph.apply("Add", [values, layers.linear(`${name}.down`, hidden)]);
  }
  const features = pool(graph, pooling, layers.norm("norm", values));
  graph.name(features, "features");
  graph.name(layers.linear("head", features), "logits");
  const outputs = [
    { name: "logits", shape: [2] },
    { name: "features", shape: [width] },
  ];
  return graph.write("classifier", { name: "pixels", shape: [size, size, 3] }, outputs, {
    classes: JSON.stringify(classes),
  });
}

/** Normalised pixels to one token a patch, as `embed` does; views that overlap are those of a convolution. */
function embed(graph: OnnxGraph, layers: OnnxLayers, { architecture, preprocessing, tensors }: Model): string {
  const { patch, overlap, width } = architecture;
  const scale = Float32Array.from(preprocessing.deviation, (deviation) => 1 / (255 * deviation));
  const shift = Float32Array.from(preprocessing.mean, (mean, channel) => -mean / preprocessing.deviation[channel]!);
  const scaled = graph.apply("Mul", ["pixels", graph.floats("scale", [3], scale)]);
  const normalised = graph.apply("Add", [scaled, graph.floats("shift", [3], shift)]);
  const channelsFirst = graph.apply("Transpose", [normalised], { perm: { ints: [0, 3, 1, 2] } });
  const side = viewSide(architecture);
  const kernel = graph.floats(
    "embed.weight",
    [width, 3, side, side],
    toKernel(tensors.get("embed.weight")!.data, width),
  );
  const grid = graph.apply("Conv", [channelsFirst, kernel, layers.constant("embed.bias")], {
    strides: { ints: [patch, patch] },
    pads: { ints: [overlap, overlap, overlap, overlap] },
  });
  const flat = graph.apply("Reshape", [grid, graph.integers([0, width, patchCount(architecture)])]);
  return graph.apply("Transpose", [flat], { perm: { ints: [0, 2, 1] } });
}

/** A matrix [rows · pixels · channels, width] to a convolution's kernel [width, channels, rows, pixels]. */
export function toKernel(matrix: Float32Array, width: number): Float32Array {
  const pixels = matrix.length / width / 3;
  const kernel = new Float32Array(matrix.length);
  for (let out = 0; out < width; out++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        kernel[(out * 3 + channel) * pixels + pixel] = matrix[(pixel * 3 + channel) * width + out]!;
      }
    }
  }
  return kernel;
}

function pool(graph: OnnxGraph, pooling: Model["architecture"]["pooling"], encoded: string): string {
  switch (pooling) {
    case "mean":
      return graph.apply("ReduceMean", [encoded], { axes: { ints: [1] }, keepdims: { int: 0 } });
    case "class": {
      const first = graph.apply("Slice", [encoded, graph.integers([0]), graph.integers([1]), axis(graph)]);
      return graph.apply("Squeeze", [first, axis(graph)]);
    }
    default:
      return pooling satisfies never;
  }
}

function axis(graph: OnnxGraph): string {
  return graph.integers([1]);
}
