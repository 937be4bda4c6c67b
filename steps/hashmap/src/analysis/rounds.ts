/**
 * Measures every contender once a round, each round beginning with another one, so that drift harms all alike. A round
 * before the first warms up.
 */
export async function inRounds<T>(
  contenders: readonly (() => Promise<T>)[],
  rounds: number,
  onRound: (done: number) => void,
): Promise<T[][]> {
  const results: T[][] = contenders.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (turn + round) % contenders.length;
      const result = await contenders[at]!();
      if (round > 0) results[at]!.push(result);
    }
    if (round > 0) onRound(round);
  }
  return results;
}
