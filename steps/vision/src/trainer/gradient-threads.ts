import { once } from "node:events";
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Batch, Gradient, GradientSource } from "./gradient-source.ts";
import type { Objective } from "./objective.ts";

/** What a thread is started with. */
export interface ThreadOrder {
  readonly objective: Objective;
  readonly rows: number;
  readonly frozen: Float32Array;
}

/** What a thread is asked, and answers with a `Gradient`. */
export interface ThreadQuestion {
  readonly values: Float32Array;
  readonly batch: Batch;
}

/**
 * Shares the rows of every batch out among threads, each of which computes the gradient of its part; the parts are
 * added in the threads' order, so that equal numbers of threads give equal bits.
 *
 * @param rows of every batch; a multiple of `threads`.
 */
export async function gradientThreads(
  objective: Objective,
  rows: number,
  frozen: Float32Array,
  threads: number,
): Promise<GradientSource> {
  const share = rows / threads;
  const order: ThreadOrder = { objective, rows: share, frozen };
  const workers = Array.from({ length: threads }, () => new Worker(threadFile(), { workerData: order }));
  return {
    async gradient(values, batch) {
      const parts = await Promise.all(
        workers.map((worker, index) => ask(worker, { values, batch: batch.map((all) => part(all, index, threads)) })),
      );
      const [first, ...others] = parts;
      const sum = first!.gradient;
      for (const { gradient } of others) {
        for (let index = 0; index < sum.length; index++) sum[index]! += gradient[index]!;
      }
      return { loss: parts.reduce((total, { loss }) => total + loss, 0), gradient: sum };
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Rejects with what the thread threw, if it did. */
async function ask(worker: Worker, question: ThreadQuestion): Promise<Gradient> {
  worker.postMessage(question);
  const [answer] = await once(worker, "message");
  return answer as Gradient;
}

function part(all: Float32Array<ArrayBuffer>, index: number, threads: number): Float32Array<ArrayBuffer> {
  const length = all.length / threads;
  return all.slice(index * length, (index + 1) * length);
}

/** The thread's module: compiled beside this one, or a source where this one is. */
function threadFile(): URL {
  const compiled = new URL("./gradient-thread.js", import.meta.url);
  return existsSync(compiled) ? compiled : new URL("./gradient-thread.ts", import.meta.url);
}
