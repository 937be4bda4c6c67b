/** An undirected graph in compressed rows: the neighbours of `i` are those from `offsets[i]` to `offsets[i + 1]`, in rising order. */
export interface Graph {
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  /** The length of each edge, beside `neighbours`. */
  readonly lengths: Float64Array;
}

/** A graph from its edges, each given once and in any order. */
export function graphOf(
  size: number,
  edges: readonly { readonly a: number; readonly b: number; readonly length: number }[],
): Graph {
  const offsets = new Int32Array(size + 1);
  for (const { a, b } of edges) {
    offsets[a + 1]!++;
    offsets[b + 1]!++;
  }
  for (let index = 0; index < size; index++) offsets[index + 1]! += offsets[index]!;
  const order = edges.flatMap(({ a, b, length }) => [
    { from: a, to: b, length },
    { from: b, to: a, length },
  ]);
  order.sort((one, other) => one.from - other.from || one.to - other.to);
  return {
    offsets,
    neighbours: Int32Array.from(order, ({ to }) => to),
    lengths: Float64Array.from(order, ({ length }) => length),
  };
}
