/** A function that never falls, by its values at ascending places; linear between them, flat beyond. */
export interface Isotonic {
  readonly at: number[];
  readonly values: number[];
}

/**
 * Isotonic regression by pooling adjacent violators (Barlow et al. 1972): the never falling values of least squared
 * distance to the labels; equal scores have one value, their mean. As scikit-learn's `IsotonicRegression`, of which the
 * places inside a level stretch are left out, since they change nothing.
 *
 * @param scores any numbers, at least one.
 */
export function fitIsotonic(scores: Float64Array, labels: ArrayLike<number>): Isotonic {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const blocks: Block[] = [];
  for (const position of order) {
    const score = scores[position]!;
    const last = blocks.at(-1);
    if (last !== undefined && last.to === score) {
      last.sum += labels[position]!;
      last.count++;
    } else blocks.push({ from: score, to: score, sum: labels[position]!, count: 1 });
  }
  const pooled: Block[] = [];
  for (const block of blocks) {
    let next = block;
    for (let before = pooled.at(-1); before !== undefined && mean(before) >= mean(next); before = pooled.at(-1)) {
      pooled.pop();
      next = { from: before.from, to: next.to, sum: before.sum + next.sum, count: before.count + next.count };
    }
    pooled.push(next);
  }
  const at: number[] = [];
  const values: number[] = [];
  for (const block of pooled) {
    for (const place of new Set([block.from, block.to])) {
      at.push(place);
      values.push(mean(block));
    }
  }
  return { at, values };
}

/** Neighbouring scores that share one value. */
interface Block {
  readonly from: number;
  readonly to: number;
  sum: number;
  count: number;
}

function mean({ sum, count }: Block): number {
  return sum / count;
}
