import { lookWithin, type Outline } from "./outline.ts";
import type { Thinning } from "./thinning.ts";

/**
 * Notes for the leaves that a pick is in conflict with that it is the nearest, where it is nearer than those before.
 * All leaves must be gathered, with their reaches.
 *
 * @returns how many of them no pick had settled.
 */
export function settleLeaves(outline: Outline, thinning: Thinning, number: number): number {
  const { leaves, picks, reaches, nearest, lengths } = thinning;
  const pick = picks[number]!;
  const found = lookWithin(outline, leaves[pick]!, leaves.length, reaches[pick]!);
  const { places, distances } = outline.space.gathered;
  let settled = 0;
  for (let index = 0; index < found; index++) {
    const leaf = places[index]!;
    const length = distances[index]!;
    if (length >= lengths[leaf]!) continue;
    if (nearest[leaf]! < 0) settled++;
    nearest[leaf] = number;
    lengths[leaf] = length;
  }
  return settled;
}

/**
 * The same for several picks at once and some of many leaves, so that what is read of a leaf is read once for all of
 * them.
 *
 * @param numbers of the picks: from the first up to `end`.
 * @param from the first of the leaves, and `to` the one after the last.
 */
export function settleSome(
  outline: Outline,
  thinning: Thinning,
  numbers: { readonly first: number; readonly end: number },
  from: number,
  to: number,
): void {
  const { leaves, picks, reaches, nearest, lengths } = thinning;
  const { gathered } = outline.space;
  const chosen = Array.from(picks.subarray(numbers.first, numbers.end));
  gathered.gather(
    chosen.map((pick) => leaves[pick]!),
    chosen.map((pick) => reaches[pick]!),
  );
  for (let leaf = from; leaf < to; leaf++) {
    const found = lookWithin(outline, leaves[leaf]!, chosen.length, reaches[leaf]!);
    for (let index = 0; index < found; index++) {
      const length = gathered.distances[index]!;
      if (length >= lengths[leaf]!) continue;
      nearest[leaf] = numbers.first + gathered.places[index]!;
      lengths[leaf] = length;
    }
  }
}
