/** A tensor's name, shape and place in the flat vector of all parameters. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
  /** Standard deviation of the normal that it starts from, or the value that all its elements start with. */
  readonly initial: { readonly normal: number } | { readonly constant: number };
  /** Whether weight decay applies: to matrices, not to biases, scales and positions. */
  readonly decays: boolean;
}

/** A tensor before it has its place. */
export type TensorShape = Pick<TensorSpec, "name" | "shape" | "initial">;

/** Gives each tensor its place, one after the other. */
export function placeTensors(shapes: readonly TensorShape[]): readonly TensorSpec[] {
  let offset = 0;
  return shapes.map(({ name, shape, initial }) => {
    const length = shape.reduce((product, side) => product * side, 1);
    const spec = { name, shape, offset, length, initial, decays: name.endsWith(".weight") };
    offset += length;
    return spec;
  });
}

/** The length of the flat vector of all parameters. */
export function parameterCount(specs: readonly TensorSpec[]): number {
  const last = specs.at(-1);
  return last === undefined ? 0 : last.offset + last.length;
}

/** A matrix [rows, columns] that a row vector is multiplied with, and its bias. */
export function linearShapes(name: string, rows: number, columns: number): readonly TensorShape[] {
  return [
    { name: `${name}.weight`, shape: [rows, columns], initial: { normal: Math.sqrt(1 / rows) } },
    { name: `${name}.bias`, shape: [columns], initial: { constant: 0 } },
  ];
}
