/** Measures every contender once a round, each round beginning with another one, so that drift harms all alike. */
export async function inRounds<T>(
  contenders: readonly (() => Promise<T>)[],
  rounds: { readonly count: number; readonly warmUp: number },
  onRound: (done: number) => void,
): Promise<T[][]> {
  const results: T[][] = contenders.map(() => []);
  for (let round = -rounds.warmUp; round < rounds.count; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (turn + round + rounds.warmUp) % contenders.length;
      const result = await contenders[at]!();
      if (round >= 0) results[at]!.push(result);
    }
    if (round >= 0) onRound(round + 1);
  }
  return results;
}
