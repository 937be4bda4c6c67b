import { generator } from "./generator.ts";
import { shuffled } from "./shuffled.ts";

/**
 * Divides positions into `count` folds of nearly equal size, each with nearly its share of every label.
 *
 * @returns positions for each fold, ascending.
 */
export function stratifiedFolds(labels: ArrayLike<number>, count: number, seed: number): number[][] {
  const folds = Array.from({ length: count }, (): number[] => []);
  let next = 0;
  for (const label of [...new Set(Array.from(labels))].sort((a, b) => a - b)) {
    const positions = Array.from(labels).flatMap((each, position) => (each === label ? [position] : []));
    for (const position of shuffled(positions, generator(seed, label))) folds[next++ % count]!.push(position);
  }
  for (const fold of folds) fold.sort((a, b) => a - b);
  return folds;
}
