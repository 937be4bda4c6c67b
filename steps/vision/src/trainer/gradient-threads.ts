import { once } from "node:events";
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type Batch, type GradientSource, gradientSource } from "./gradient-source.ts";
import { formulate, type Objective } from "./objective.ts";
import { type SharedPart, shareMemory } from "./shared-memory.ts";

/** What a thread is started with. It is asked by an empty message, and answers with the loss. */
export interface ThreadOrder {
  readonly objective: Objective;
  readonly rows: number;
  readonly frozen: Float32Array;
  readonly values: Float32Array;
  readonly part: SharedPart;
}

/**
 * Shares the rows of every batch out among threads, of which this is the first; each computes the gradient of its part.
 * The parts are added in the threads' order, so that equal numbers of threads give equal bits.
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
  const here = await gradientSource(objective, share, frozen);
  const { values: sharedValues, parts } = shareMemory(formulate(objective), share, threads - 1);
  const workers = parts.map((part) => {
    const workerData: ThreadOrder = { objective, rows: share, frozen, values: sharedValues, part };
    return new Worker(threadFile(), { workerData });
  });
  return {
    async gradient(values, batch) {
      sharedValues.set(values);
      for (const [index, part] of parts.entries()) {
        for (const [input, rows] of rowsOf(batch, index + 1, threads).entries()) part.batch[input]!.set(rows);
      }
      const others = workers.map(ask);
      const [own, ...losses] = await Promise.all([here.gradient(values, rowsOf(batch, 0, threads)), ...others]);
      for (const part of parts) add(own.gradient, part.gradient);
      return { loss: losses.reduce((sum, loss) => sum + loss, own.loss), gradient: own.gradient };
    },
    async close() {
      await Promise.all([here.close(), ...workers.map((worker) => worker.terminate())]);
    },
  };
}

/** A thread's rows of each input. */
function rowsOf(batch: Batch, thread: number, threads: number): Batch {
  return batch.map((all) => {
    const length = all.length / threads;
    return all.subarray(thread * length, (thread + 1) * length);
  });
}

/** Rejects with what the thread threw, if it did. */
async function ask(worker: Worker): Promise<number> {
  worker.postMessage(undefined);
  const [loss] = await once(worker, "message");
  return loss as number;
}

function add(sum: Float32Array, part: Float32Array): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += part[index]!;
}

/** The thread's module: compiled beside this one, or a source where this one is. */
function threadFile(): URL {
  const compiled = new URL("./gradient-thread.js", import.meta.url);
  return existsSync(compiled) ? compiled : new URL("./gradient-thread.ts", import.meta.url);
}
