import type { Worker } from "node:worker_threads";
import { StepError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { ThreadPool } from "./thread-pool.ts";

const never = new AbortController().signal;
/** What `../fixtures/echo-thread` does with a piece, beside sending it back. */
type Piece = number | "throw" | "exit" | "hang";
const module = "../fixtures/echo-thread";

/** An error that must come. */
async function failure(pool: ThreadPool<Piece, Piece>, pieces: readonly Piece[]): Promise<unknown> {
  return pool.run(pieces).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe("a pool of threads", () => {
  it("gives the results in the order of the pieces, whoever does them, time and again", async () => {
    await using pool = new ThreadPool<Piece, Piece>(module, [0, 0, 0], never);
    const counts: number[] = [];
    expect(await pool.run([5, 4, 3, 2, 1], (count) => counts.push(count))).toEqual([5, 4, 3, 2, 1]);
    expect(counts).toEqual([1, 2, 3, 4, 5]);
    expect(await pool.run([7])).toEqual([7]);
    expect(await pool.run([])).toEqual([]);
  });

  it("says what a thread failed with, also where the others are busy, and goes on to say so", async () => {
    await using pool = new ThreadPool<Piece, Piece>(module, [0, 0], never);
    const error = await failure(pool, ["hang", "throw"]);
    if (!(error instanceof StepError)) throw error;
    expect(error.toEnvelope()).toEqual({
      error: "thread-failed",
      category: "failed",
      detail: "A thread failed: no such piece.",
      hint: "Where memory is short, set threads to 1; the result is the same.",
    });
    expect(await failure(pool, [1])).toBe(error);
  });

  it("says that a thread ended", async () => {
    await using pool = new ThreadPool<Piece, Piece>(module, [0, 0], never);
    expect(await failure(pool, [1, "exit"])).toMatchObject({
      code: "thread-failed",
      message: expect.stringContaining("A thread ended with status 7."),
    });
  });

  it("stops where its signal is aborted, and leaves no thread", async () => {
    const abort = new AbortController();
    const reason = new Error("called off");
    const workers: Worker[] = [];
    const note = (worker: Worker) => workers.push(worker);
    process.on("worker", note);
    {
      await using pool = new ThreadPool<Piece, Piece>(module, [0, 0], abort.signal);
      const ended = failure(pool, [1, "hang", "hang"]);
      abort.abort(reason);
      expect(await ended).toBe(reason);
      expect(await failure(pool, [1])).toBe(reason);
    }
    process.off("worker", note);
    // What a thread has that is no more.
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });
});
