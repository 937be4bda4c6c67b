import { type Architecture, tokenCount } from "../../network/architecture.ts";
import type { OnnxGraph } from "./onnx-graph.ts";
import type { OnnxLayers } from "./onnx-layers.ts";

/** Lets tokens learn of each other, as `mixTokens` of the network does. */
export function mixTokens(
  graph: OnnxGraph,
  layers: OnnxLayers,
  architecture: Architecture,
  block: string,
  input: string,
): string {
  switch (architecture.mixing) {
    case "attention":
      return attend(graph, layers, architecture, block, input);
    case "perceptron": {
      const columns = graph.apply("Transpose", [input], { perm: { ints: [0, 2, 1] } });
      const hidden = layers.activate(architecture.activation, layers.linear(`${block}.tokens.up`, columns));
      return graph.apply("Transpose", [layers.linear(`${block}.tokens.down`, hidden)], { perm: { ints: [0, 2, 1] } });
    }
    default:
      return architecture.mixing satisfies never;
  }
}

function attend(
  graph: OnnxGraph,
  layers: OnnxLayers,
  architecture: Architecture,
  block: string,
  input: string,
): string {
  const { width, heads } = architecture;
  const tokens = tokenCount(architecture);
  const perHead = graph.integers([0, tokens, heads, width / heads]);
  const project = (name: string, order: readonly number[]) => {
    const split = graph.apply("Reshape", [layers.linear(`${block}.${name}`, input), perHead]);
    return graph.apply("Transpose", [split], { perm: { ints: order } });
  };
  const products = graph.apply("MatMul", [project("query", [0, 2, 1, 3]), project("key", [0, 2, 3, 1])]);
  const scores = graph.apply("Mul", [products, layers.number("per_head", 1 / Math.sqrt(width / heads))]);
  const shares = graph.apply("Softmax", [scores], { axis: { int: 3 } });
  const mixed = graph.apply("MatMul", [shares, project("value", [0, 2, 1, 3])]);
  const together = graph.apply("Transpose", [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return layers.linear(`${block}.output`, graph.apply("Reshape", [together, graph.integers([0, tokens, width])]));
}
