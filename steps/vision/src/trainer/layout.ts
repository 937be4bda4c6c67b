import { type Architecture, patchLength, tokenCount } from "./architecture.ts";

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

/**
 * Lists a model's tensors in their order in the flat vector. Matrices are [in, out]: a row vector times a matrix.
 */
export function layout(architecture: Architecture): readonly TensorSpec[] {
  const { width, classes } = architecture;
  const specs: TensorSpec[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], initial: TensorSpec["initial"]) => {
    const length = shape.reduce((product, side) => product * side, 1);
    specs.push({ name, shape, offset, length, initial, decays: name.endsWith(".weight") });
    offset += length;
  };
  const linear = (name: string, rows: number, columns: number) => {
    add(`${name}.weight`, [rows, columns], { normal: Math.sqrt(1 / rows) });
    add(`${name}.bias`, [columns], { constant: 0 });
  };
  const norm = (name: string) => {
    add(`${name}.scale`, [width], { constant: 1 });
    add(`${name}.bias`, [width], { constant: 0 });
  };
  linear("embed", patchLength(architecture), width);
  add("position", [tokenCount(architecture), width], { normal: 0.02 });
  for (let block = 0; block < architecture.depth; block++) {
    norm(`blocks.${block}.norm1`);
    addMixing(architecture, `blocks.${block}`, linear);
    norm(`blocks.${block}.norm2`);
    linear(`blocks.${block}.up`, width, width * architecture.expansion);
    linear(`blocks.${block}.down`, width * architecture.expansion, width);
  }
  norm("norm");
  linear("head", width, classes);
  return specs;
}

/** The length of the flat vector of all parameters. */
export function parameterCount(specs: readonly TensorSpec[]): number {
  const last = specs.at(-1);
  return last === undefined ? 0 : last.offset + last.length;
}

function addMixing(
  architecture: Architecture,
  block: string,
  linear: (name: string, rows: number, columns: number) => void,
): void {
  const { mixing, width } = architecture;
  switch (mixing) {
    case "attention":
      for (const name of ["query", "key", "value", "output"]) linear(`${block}.${name}`, width, width);
      return;
    case "perceptron": {
      const tokens = tokenCount(architecture);
      linear(`${block}.tokens.up`, tokens, tokens * architecture.expansion);
      linear(`${block}.tokens.down`, tokens * architecture.expansion, tokens);
      return;
    }
    default:
      mixing satisfies never;
  }
}
