import { type Growth, isCrowded } from "./growth.ts";

/**
 * Leaves of one round, unless a single node has more: enough to look for obstacles of many picks at once, and few
 * enough for their pairs not to matter.
 */
const MOST_LEAVES = 8192;

/**
 * Takes as many crowded nodes as fill a round, those first that came first, and lays their loose leaves on the desk.
 *
 * @returns at least one node, if there is one that is still crowded; and how many leaves they have.
 */
export function startRound(
  growth: Growth,
  crowded: Set<number>,
): { readonly nodes: readonly number[]; readonly leafCount: number } {
  const { desk, loose } = growth;
  const nodes: number[] = [];
  let expected = 0;
  for (const node of crowded) {
    if (nodes.length > 0 && expected + loose[node]! > MOST_LEAVES) break;
    crowded.delete(node);
    // Its leaves may have gone to other nodes since.
    if (!isCrowded(growth, node)) continue;
    expected += loose[node]!;
    nodes.push(node);
  }
  nodes.sort((a, b) => loose[b]! - loose[a]!);
  let leafCount = 0;
  for (const [index, node] of nodes.entries()) {
    desk.nodes[index] = node;
    leafCount = layOut(growth, node, leafCount);
    desk.ends[index] = leafCount;
  }
  return { nodes, leafCount };
}

/** @returns the place after the last one that was taken. */
function layOut({ desk, leaves, distances }: Growth, node: number, first: number): number {
  let place = first;
  for (const leaf of leaves[node]!) if (distances[leaf]! > 0) desk.points[place++] = leaf;
  return place;
}
