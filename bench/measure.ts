import { spawnSync } from "node:child_process";

/** One of those that are measured side by side. */
export interface Contender {
  readonly name: string;
  /** Puts everything in place; not timed. */
  prepare?(): void;
  /** What is timed. */
  run(): void;
  /** Throws where the work was not done; not timed. */
  check?(): void;
}

/** Milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  /** The first and the third quartile. */
  readonly low: number;
  readonly high: number;
}

export interface Rounds {
  readonly count: number;
  /** Rounds before the first that is timed, which fill caches. */
  readonly warmUp: number;
}

/**
 * Measures in rounds, each of them all contenders, each round beginning with another one, so that drift harms all
 * alike.
 */
export function measure(contenders: readonly Contender[], rounds: Rounds): Timing[] {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -rounds.warmUp; round < rounds.count; round++) {
    const first = Math.abs(round) % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const time = timeOf(contender);
      if (round >= 0) times.get(contender.name)!.push(time);
    }
  }
  return contenders.map(({ name }) => summarize(name, times.get(name)!));
}

/** What the former left for the disk to write is written first, so that nobody pays for another's work. */
function timeOf({ prepare, run, check }: Contender): number {
  prepare?.();
  spawnSync("sync");
  const start = performance.now();
  run();
  const time = performance.now() - start;
  check?.();
  return time;
}

/** @param times at least one. */
export function summarize(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { name, median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** @param values at least one. */
export function median(values: readonly number[]): number {
  return summarize("", values).median;
}

/** Between two neighbours, linearly. */
function quantile(sorted: readonly number[], at: number): number {
  const position = (sorted.length - 1) * at;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}
