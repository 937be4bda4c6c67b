import { rankOf } from "./independent-set.ts";
import { measure, type Outline } from "./outline.ts";
import type { Thinning } from "./thinning.ts";

/** Leaves of a node that are picked, so that the time for a node with many grows no faster than they do. */
export const MOST_PICKS = 96;

/** Picks after which it is seen whether they thin out the leaves: the first ones reach farthest, and settle most. */
const TRIED = 8;

/**
 * The choice of leaves of a node that could become nodes: a maximal independent set of their conflict graph, by
 * descending rank, of which the first so many are taken. The graph is not written down: picks settle what they are in
 * conflict with before the next are chosen.
 */
export class Picking {
  /** Leaves picked so far; 0 once they turn out to settle too few. */
  count = 0;
  /** Leaves that are settled, picks among them. */
  settled = 0;
  readonly #outline: Outline;
  readonly #thinning: Thinning;
  readonly #share: number;
  readonly #ranks: number[];

  /**
   * @param thinning whose picks, and what is nearest to each leaf, are written.
   * @param share how many leaves, itself among them, a pick must settle on average; where it is fewer, there are no
   * picks.
   */
  constructor(outline: Outline, thinning: Thinning, share: number, seed: number) {
    const { leaves, reaches, nearest, lengths } = thinning;
    const ranks: number[] = [];
    for (let place = 0; place < leaves.length; place++) {
      const level = outline.scale.levelBelow(outline.distances[leaves[place]!]!);
      reaches[place] = outline.scale.reach(level);
      ranks.push(rankOf(level, leaves[place]!, seed));
    }
    nearest.fill(-1);
    lengths.fill(Number.POSITIVE_INFINITY);
    this.#outline = outline;
    this.#thinning = thinning;
    this.#share = share;
    this.#ranks = ranks;
  }

  /**
   * Picks the highest leaves that are not settled. All picks before must have settled theirs.
   *
   * @param most how many; a leaf that is in conflict with one of them is not picked after it.
   * @returns the number of the first that was picked now, or -1 where none was.
   */
  next(most: number): number {
    const { nearest } = this.#thinning;
    const first = this.count;
    const end = first >= TRIED && this.#settleTooFew() ? first : Math.min(first + most, MOST_PICKS);
    let leaf = first < end ? highestOf(this.#ranks, nearest) : -1;
    while (leaf >= 0) {
      if (!this.#isInConflict(leaf, first)) this.#pick(leaf);
      leaf = this.count < end ? highestOf(this.#ranks, nearest) : -1;
    }
    if (this.count > first) return first;
    if (this.#settleTooFew()) this.count = 0;
    return -1;
  }

  #pick(leaf: number): void {
    const { picks, nearest, lengths } = this.#thinning;
    picks[this.count] = leaf;
    nearest[leaf] = this.count;
    lengths[leaf] = 0;
    this.count++;
    this.settled++;
  }

  /** Whether a pick from the first one on settles a leaf; if so, it does. */
  #isInConflict(leaf: number, first: number): boolean {
    const { leaves, picks, reaches, nearest, lengths } = this.#thinning;
    for (let number = first; number < this.count; number++) {
      const pick = picks[number]!;
      const length = measure(this.#outline, leaves[leaf]!, leaves[pick]!);
      if (length > reaches[leaf]! || length > reaches[pick]!) continue;
      nearest[leaf] = number;
      lengths[leaf] = length;
      this.settled++;
      return true;
    }
    return false;
  }

  #settleTooFew(): boolean {
    return this.settled < this.#share * this.count;
  }
}

const SETTLED = Number.NEGATIVE_INFINITY;

/** @param ranks of which those of settled leaves are taken off where they come into question. */
function highestOf(ranks: number[], nearest: Int32Array): number {
  let highest = -1;
  let greatest = SETTLED;
  for (let leaf = 0; leaf < ranks.length; leaf++) {
    const rank = ranks[leaf]!;
    if (rank <= greatest) continue;
    if (nearest[leaf]! >= 0) {
      ranks[leaf] = SETTLED;
      continue;
    }
    highest = leaf;
    greatest = rank;
  }
  return highest;
}
