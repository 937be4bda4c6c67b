import { leastDistance } from "../space/slack.ts";
import type { Space } from "../space/space.ts";
import type { CoverTree } from "../tree/cover-tree.ts";
import { linksOf, type TreeLinks } from "../tree/tree-links.ts";
import type { Ask, Collector } from "./collector.ts";
import { newCollector } from "./new-collector.ts";
import { OpenNodes } from "./open-nodes.ts";
import type { Search } from "./search.ts";

/** Room for those on the way from a reported distance to a metric one and back. */
const ROUNDINGS = 2 ** -45;

/**
 * Neighbours by the tree itself, for any metric: nodes in the order of the least distance that a descendant can have,
 * until that is beyond the limit.
 */
export class TreeSearch implements Search {
  evaluations = 0;
  readonly #space: Space;
  readonly #tree: CoverTree;
  readonly #links: TreeLinks;
  readonly #found: Collector;
  readonly #open = new OpenNodes();
  readonly #measured: Float64Array;

  constructor(space: Space, tree: CoverTree, ask: Ask) {
    this.#space = space;
    this.#tree = tree;
    this.#links = linksOf(tree);
    this.#found = newCollector(ask);
    this.#measured = new Float64Array(tree.rows.length);
  }

  run(queries: Int32Array, ends: Int32Array, done: (index: number, found: Collector) => void): void {
    for (const [index, query] of queries.entries()) {
      this.#find(query, ends[index]!);
      done(index, this.#found);
    }
  }

  #find(query: number, end: number): void {
    const { root, below } = this.#links;
    this.#open.clear();
    this.#look(query, [root], end);
    for (let node = this.#open.pop(this.#limit()); node >= 0; node = this.#open.pop(this.#limit())) {
      this.#look(query, below[node]!, end);
    }
  }

  /** Measures points, offers them, and opens those that have descendants. */
  #look(query: number, points: readonly number[], end: number): void {
    const { rows, radii } = this.#tree;
    const { below, firstRows } = this.#links;
    this.#space.measure(query, points, this.#measured);
    this.evaluations += points.length;
    for (let index = 0; index < points.length; index++) {
      const point = points[index]!;
      if (firstRows[point]! >= end) continue;
      const distance = this.#measured[index]!;
      if (rows[point]! < end && distance <= this.#limit() * (1 + ROUNDINGS)) {
        this.#found.offer(this.#space.between(query, point), rows[point]!);
      }
      if (below[point]!.length === 0) continue;
      this.#open.push(leastDistance(distance, radii[point]!, this.#space.slack), point);
    }
  }

  #limit(): number {
    return this.#space.toMetric(this.#found.limit);
  }
}
