/**
 * The distances that levels stand for: `base` to the level. They are made by multiplying and dividing alone, each
 * rounded once, so that every machine has the same, and rise strictly with the level until they are infinite.
 *
 * The smaller the base, the fewer children a node has and the more levels there are. With 2, a node of
 * eight-dimensional points soon has hundreds. M. Izbicki and C. Shelton, "Faster cover trees" (2015), take 1.3.
 */
export class Scale {
  readonly base: number;
  /** The level of a root that has no descendant but duplicates: the greatest one whose distance is 0. */
  readonly lowest: number;
  readonly #distances: Float64Array;
  readonly #logarithm: number;

  /** @param base above 1, and at most 4. */
  constructor(base: number) {
    this.base = base;
    this.#logarithm = Math.log(base);
    const falling = sequence((distance) => distance / base, 0);
    const rising = sequence((distance) => distance * base, Number.POSITIVE_INFINITY);
    this.lowest = -falling.length;
    this.#distances = Float64Array.from([...falling.reverse(), 1, ...rising]);
  }

  /** What a node at this level covers lies within. */
  reach(level: number): number {
    return level < this.lowest ? 0 : (this.#distances[level - this.lowest] ?? Number.POSITIVE_INFINITY);
  }

  /** The greatest level whose reach is below a distance that is above 0. */
  levelBelow(distance: number): number {
    const distances = this.#distances;
    const last = distances.length - 2;
    // A logarithm comes near, at most a few levels off; the distances decide.
    let at = Math.min(last, Math.max(0, Math.floor(Math.log(distance) / this.#logarithm) - this.lowest));
    while (at > 0 && distances[at]! >= distance) at--;
    while (at < last && distances[at + 1]! < distance) at++;
    return at + this.lowest;
  }
}

/** What follows 1 by one rule up to `end`, which is the last, also where the rule comes to a halt before it. */
function sequence(next: (distance: number) => number, end: number): number[] {
  const distances: number[] = [];
  for (let distance = 1; ; ) {
    const following = next(distance);
    if (following === distance || following === end) return [...distances, end];
    distances.push(following);
    distance = following;
  }
}
