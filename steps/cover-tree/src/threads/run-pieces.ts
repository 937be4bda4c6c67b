import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Answers } from "../query/answers.ts";
import type { Piece, ThreadData } from "./search-thread.ts";

/**
 * Has pieces of the queries answered by threads, one of them for each of `threads`. Each takes the next piece when it is
 * done with one. All threads have ended when this resolves or rejects.
 *
 * @param done is told how many pieces are answered.
 * @returns the answers in the order of the pieces, so that it does not matter who answered which.
 */
export async function runPieces(
  threads: readonly ThreadData[],
  pieces: readonly Piece[],
  signal: AbortSignal,
  done: (count: number) => void,
): Promise<readonly Answers[]> {
  const answers: Answers[] = [];
  const left = pieces.values();
  let count = 0;
  const workers = threads.map((data) => new Worker(threadFile(), { workerData: data }));
  const abort = new AbortController();
  const stop = AbortSignal.any([signal, abort.signal]);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const piece of left) {
          worker.postMessage(piece);
          const [message] = await once(worker, "message", { signal: stop });
          answers[message.index] = message.answers;
          done(++count);
        }
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    abort.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return answers;
}

/** The module beside this one, compiled or not as this one is. */
function threadFile(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "search-thread.ts" : "search-thread.js", import.meta.url);
}
