import { setImmediate } from "node:timers/promises";
import type { OpenSpace } from "../space/open-space.ts";
import type { Piece, ThreadData } from "../threads/search-thread.ts";
import { ThreadPool } from "../threads/thread-pool.ts";
import { type Answers, answersOf, joinAnswers } from "./answers.ts";
import type { Ask } from "./collector.ts";
import { openSearch, type SearchPlan } from "./search-plan.ts";

/** Queries of a piece of work, a multiple of what any search takes at a time. */
const PIECE = 256;

export interface Workload {
  readonly ask: Ask;
  /** Positions in the space. */
  readonly queries: Int32Array;
  /** Of each query: only rows before it are neighbours. */
  readonly ends: Int32Array;
  /** More than one is used where there is work for them, and the plan can be shared. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Told how many queries are answered. */
  readonly progress: (done: number, total: number) => void;
}

/** Answers queries, in this thread or on several. What comes out does not depend on their number. */
export async function answerQueries(open: OpenSpace, plan: SearchPlan, work: Workload): Promise<Answers> {
  const { ask, queries, ends, signal } = work;
  const pieces = Array.from({ length: Math.ceil(queries.length / PIECE) }, (_, index) => ({
    from: index * PIECE,
    to: Math.min((index + 1) * PIECE, queries.length),
  }));
  const progress = (done: number) => work.progress(Math.min(done * PIECE, queries.length), queries.length);
  const threads = Math.min(work.threads, pieces.length);
  if (threads > 1 && plan.kind !== "own") {
    const shared = { plan, ask, queries: copied(open, queries), ends: copied(open, ends) };
    const data = Array.from(
      { length: threads },
      (): ThreadData => ({
        ...shared,
        part: open.memory.part(scratchBytes(plan.points)),
      }),
    );
    await using pool = new ThreadPool<Piece, Answers>("search-thread", data, signal);
    return joinAnswers(await pool.run(pieces, progress));
  }
  const search = openSearch(open.memory, open.kernels, plan, ask);
  const answers: Answers[] = [];
  for (const { from, to } of pieces) {
    signal.throwIfAborted();
    answers.push(answersOf(search, queries.subarray(from, to), ends.subarray(from, to)));
    progress(answers.length);
    await setImmediate();
  }
  return joinAnswers(answers);
}

function copied({ memory }: OpenSpace, numbers: Int32Array): Int32Array {
  const copy = memory.integers(numbers.length);
  copy.set(numbers);
  return copy;
}

/** Room for what any search allocates for itself: some dozens of numbers for each column, and some thousands. */
function scratchBytes(points: { readonly dimension: number; readonly width?: number }): number {
  return (points.dimension + (points.width ?? 0) + 4096) * 64 * 8;
}
