import type { Outline } from "./outline.ts";
import { Picking } from "./picking.ts";
import { settleLeaves } from "./settle-leaves.ts";
import type { Thinning } from "./thinning.ts";

/**
 * Picks leaves of a node that could become nodes.
 *
 * @param thinning whose picks, and what is nearest to each leaf, are written.
 * @returns how many were picked; 0 where they settle fewer leaves than `share` each.
 */
export function thinLeaves(outline: Outline, thinning: Thinning, share: number, seed: number): number {
  const picking = new Picking(outline, thinning, share, seed);
  outline.space.gathered.gather(thinning.leaves, thinning.reaches);
  for (let number = picking.next(1); number >= 0; number = picking.next(1)) {
    picking.settled += settleLeaves(outline, thinning, number);
  }
  return picking.count;
}
