/**
 * An undirected graph in compressed rows: the neighbours of `i` are those from `offsets[i]` to `offsets[i + 1]`, in
 * rising order.
 */
export interface Graph {
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
}

export interface Edge {
  readonly a: number;
  readonly b: number;
}

/** A graph from its edges, each given once and in any order. */
export function graphOf(size: number, edges: readonly Edge[]): Graph {
  const offsets = new Int32Array(size + 1);
  for (const { a, b } of edges) {
    offsets[a + 1]!++;
    offsets[b + 1]!++;
  }
  for (let index = 0; index < size; index++) offsets[index + 1]! += offsets[index]!;
  const neighbours = new Int32Array(2 * edges.length);
  const ends = offsets.slice();
  const put = (from: number, to: number) => {
    let place = ends[from]!++;
    for (; place > offsets[from]! && neighbours[place - 1]! > to; place--) neighbours[place] = neighbours[place - 1]!;
    neighbours[place] = to;
  };
  for (const { a, b } of edges) {
    put(a, b);
    put(b, a);
  }
  return { offsets, neighbours };
}
