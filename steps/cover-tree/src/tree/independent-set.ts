import type { Graph } from "./graph.ts";

/**
 * A maximal independent set of a graph, higher ranks first: the vertices are taken in the order of `ranks`, each unless
 * a neighbour was taken before it. This is what Luby's rounds come to when every vertex keeps one rank throughout: one
 * pass over the edges here, and a wave of rounds where there are processors for it.
 *
 * M. Luby, "A simple parallel algorithm for the maximal independent set problem" (1986).
 *
 * @param ranks no two of them equal.
 * @returns 1 for each vertex in the set.
 */
export function independentSet(graph: Graph, ranks: Float64Array): Uint8Array {
  const order = Int32Array.from(ranks, (_, vertex) => vertex).sort((a, b) => ranks[b]! - ranks[a]!);
  const chosen = new Uint8Array(ranks.length);
  const excluded = new Uint8Array(ranks.length);
  for (const vertex of order) {
    if (excluded[vertex] === 1) continue;
    chosen[vertex] = 1;
    for (let edge = graph.offsets[vertex]!; edge < graph.offsets[vertex + 1]!; edge++) {
      excluded[graph.neighbours[edge]!] = 1;
    }
  }
  return chosen;
}

/**
 * The rank of a candidate: by level, then by a hash of the point and the seed, so that neither the order of a batch nor
 * the number of threads matters. No two points have the same.
 */
export function rankOf(level: number, point: number, seed: number): number {
  return level * 2 ** 32 + mixed(point ^ seed);
}

/**
 * The finalizer of MurmurHash3 (A. Appleby), which spreads neighbouring numbers over 32 bits, each number to one of its
 * own.
 */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
