import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { StepError } from "@orchestrate/sdk";

/**
 * Threads of one module that do pieces of work: each says once that it is up, then is sent a piece and answers with its
 * result, and so on.
 */
export class ThreadPool<Piece, Result> {
  readonly #workers: readonly Worker[];
  readonly #failure = new AbortController();
  readonly #stop: AbortSignal;
  readonly #started: readonly Promise<unknown>[];
  #isUp = false;

  /**
   * @param module the name of a module in this folder.
   * @param data what each thread is started with.
   * @param signal ends what is under way.
   */
  constructor(module: string, data: readonly unknown[], signal: AbortSignal) {
    this.#stop = AbortSignal.any([signal, this.#failure.signal]);
    this.#workers = data.map((workerData) => new Worker(fileOf(module), { workerData }));
    for (const worker of this.#workers) {
      worker.on("error", (error) => this.#failure.abort(failed(error)));
      worker.on("exit", (status) => this.#failure.abort(ended(status)));
    }
    this.#started = this.#workers.map((worker) => once(worker, "message", { signal: this.#stop }));
    Promise.all(this.#started).then(
      () => {
        this.#isUp = true;
      },
      () => {},
    );
  }

  get size(): number {
    return this.#workers.length;
  }

  /**
   * Whether all threads are up.
   *
   * @throws as `run` does.
   */
  get isUp(): boolean {
    this.#stop.throwIfAborted();
    return this.#isUp;
  }

  /**
   * Has pieces done, by each thread the next one when it is done with one.
   *
   * @param done is told how many are done.
   * @returns the results in the order of the pieces, so that it does not matter who did which.
   * @throws what the signal was aborted with, or StepError `thread-failed` where a thread throws or ends.
   */
  async run(pieces: readonly Piece[], done: (count: number) => void = () => {}): Promise<readonly Result[]> {
    const results: Result[] = [];
    const left = pieces.entries();
    let count = 0;
    try {
      await Promise.all(
        this.#workers.map(async (worker, number) => {
          await this.#started[number];
          for (const [index, piece] of left) {
            this.#stop.throwIfAborted();
            worker.postMessage(piece);
            const [result]: Result[] = await once(worker, "message", { signal: this.#stop });
            results[index] = result!;
            done(++count);
          }
        }),
      );
    } catch (error) {
      this.#stop.throwIfAborted();
      throw error;
    }
    return results;
  }

  /** Resolves when all threads have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** A module beside this one, compiled or not as this one is. */
function fileOf(module: string): URL {
  return new URL(`${module}.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);
}

function failed(error: unknown): StepError {
  return threadFailed(error instanceof Error ? `failed: ${error.message}` : `failed: ${error}`, error);
}

function ended(status: number): StepError {
  return threadFailed(`ended with status ${status}`, undefined);
}

function threadFailed(what: string, cause: unknown): StepError {
  return new StepError(
    {
      error: "thread-failed",
      detail: `A thread ${what}.`,
      hint: "Where memory is short, set threads to 1; the result is the same.",
    },
    { cause },
  );
}
