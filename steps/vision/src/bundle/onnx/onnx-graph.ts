import { littleEndian } from "../../little-endian.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";

/** An attribute of an operator: a whole number, whole numbers, or a real one. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number };

/** A tensor of 32-bit floats whose first dimension is the number of images. */
export interface OnnxValue {
  readonly name: string;
  /** Without the first dimension. */
  readonly shape: readonly number[];
}

/**
 * Collects operators and constants, and writes them as an ONNX model (onnx.ai; field numbers are those of onnx.proto).
 * Values are called by name.
 */
export class OnnxGraph {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants = new Map<string, ProtobufWriter>();

  /** Applies an operator and gives the name of its one output. */
  apply(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    const output = `${operator}_${this.#nodes.length}`;
    this.#write(operator, inputs, output, attributes);
    return output;
  }

  /** Gives a value the name of an output. */
  name(value: string, output: string): void {
    this.#write("Identity", [value], output, {});
  }

  /** A constant of 32-bit floats. */
  floats(name: string, shape: readonly number[], data: Float32Array): string {
    return this.#constant(name, shape, FLOAT, littleEndian(data));
  }

  /** A constant list of 64-bit whole numbers, as shapes are given; equal ones are kept once. */
  integers(values: readonly number[]): string {
    const view = new DataView(new ArrayBuffer(values.length * 8));
    for (const [index, value] of values.entries()) view.setBigInt64(index * 8, BigInt(value), true);
    return this.#constant(`integers_${values.join("_")}`, [values.length], INT64, new Uint8Array(view.buffer));
  }

  /** The model's bytes. Opset 17, the first with LayerNormalization. */
  write(
    name: string,
    input: OnnxValue,
    outputs: readonly OnnxValue[],
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, name);
    for (const constant of this.#constants.values()) graph.message(5, constant);
    graph.message(11, valueInfo(input));
    for (const output of outputs) graph.message(12, valueInfo(output));
    const model = new ProtobufWriter().integer(1, 8).text(2, "orchestrate").message(7, graph);
    model.message(8, new ProtobufWriter().text(1, "").integer(2, 17));
    for (const [key, value] of Object.entries(metadata)) {
      model.message(14, new ProtobufWriter().text(1, key).text(2, value));
    }
    return model.finish();
  }

  #write(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, OnnxAttribute>>,
  ): void {
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(3, `node_${this.#nodes.length}`).text(4, operator);
    for (const [name, attribute] of Object.entries(attributes)) node.message(5, encodeAttribute(name, attribute));
    this.#nodes.push(node);
  }

  #constant(name: string, shape: readonly number[], type: number, bytes: Uint8Array): string {
    const tensor = new ProtobufWriter();
    for (const side of shape) tensor.integer(1, side);
    this.#constants.set(name, tensor.integer(2, type).text(8, name).bytes(9, bytes));
    return name;
  }
}

/** TensorProto.DataType. */
const FLOAT = 1;
const INT64 = 7;

function encodeAttribute(name: string, attribute: OnnxAttribute): ProtobufWriter {
  const writer = new ProtobufWriter().text(1, name);
  if ("float" in attribute) return writer.float(2, attribute.float).integer(20, 1);
  if ("int" in attribute) return writer.integer(3, attribute.int).integer(20, 2);
  for (const value of attribute.ints) writer.integer(8, value);
  return writer.integer(20, 7);
}

function valueInfo({ name, shape }: OnnxValue): ProtobufWriter {
  const dimensions = new ProtobufWriter().message(1, new ProtobufWriter().text(2, "images"));
  for (const side of shape) dimensions.message(1, new ProtobufWriter().integer(1, side));
  const tensor = new ProtobufWriter().integer(1, FLOAT).message(2, dimensions);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
