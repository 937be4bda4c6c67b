import type { Architecture } from "../../network/architecture.ts";
import type { Model } from "../../weights/model.ts";
import type { OnnxGraph } from "./onnx-graph.ts";

/** The layers of a network as operators over its model's tensors. */
export class OnnxLayers {
  readonly #graph: OnnxGraph;
  readonly #model: Model;

  constructor(graph: OnnxGraph, model: Model) {
    this.#graph = graph;
    this.#model = model;
  }

  /** One of the model's tensors. */
  constant(name: string): string {
    const { shape, data } = this.#model.tensors.get(name)!;
    return this.#graph.floats(name, shape, data);
  }

  linear(name: string, input: string): string {
    const product = this.#graph.apply("MatMul", [input, this.constant(`${name}.weight`)]);
    return this.#graph.apply("Add", [product, this.constant(`${name}.bias`)]);
  }

  norm(name: string, input: string): string {
    const { epsilon } = this.#model.architecture;
    const inputs = [input, this.constant(`${name}.scale`), this.constant(`${name}.bias`)];
    return this.#graph.apply("LayerNormalization", inputs, { epsilon: { float: epsilon } });
  }

  activate(activation: Architecture["activation"], input: string): string {
    switch (activation) {
      case "relu":
        return this.#graph.apply("Relu", [input]);
      case "gelu": {
        const scaled = this.#graph.apply("Mul", [input, this.number("root_half", Math.SQRT1_2)]);
        const phi = this.#graph.apply("Add", [this.#graph.apply("Erf", [scaled]), this.number("one", 1)]);
        return this.#graph.apply("Mul", [this.#graph.apply("Mul", [input, phi]), this.number("half", 0.5)]);
      }
      default:
        return activation satisfies never;
    }
  }

  number(name: string, value: number): string {
    return this.#graph.floats(name, [], Float32Array.of(value));
  }
}
