import { summarize, type Timing } from "../measure.ts";

/** One of those that are measured side by side. */
export interface Side {
  readonly name: string;
  /** Does the work, and gives the milliseconds that count. */
  run(): Promise<number> | number;
}

/**
 * Measures in rounds, each of them all sides, each round beginning with another one; the first round is not counted.
 */
export async function sideBySide(sides: readonly Side[], rounds: number): Promise<Timing[]> {
  const times = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < sides.length; turn++) {
      const side = sides[(turn + round + 1) % sides.length]!;
      const time = await side.run();
      if (round >= 0) times.get(side.name)!.push(time);
    }
  }
  return sides.map(({ name }) => summarize(name, times.get(name)!));
}
