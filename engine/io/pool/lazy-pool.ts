import type { AttemptOrder, AttemptReport, AttemptResult, Executor } from "../../run/ports/executor.ts";
import type { Answer, Question } from "../worker/protocol.ts";
import type { Ending } from "./describe-ending.ts";
import type { Respondent } from "./plugin-inspector.ts";
import type { PoolOptions, WorkerPool } from "./worker-pool.ts";

/** A pool that is loaded and made once something runs or is asked: a command that finds nothing to do needs none. */
export class LazyPool implements Executor, Respondent {
  #options: PoolOptions;
  #making: Promise<WorkerPool> | undefined;
  #pool: WorkerPool | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async run(order: AttemptOrder, report: (report: AttemptReport) => void, signal: AbortSignal): Promise<AttemptResult> {
    return (this.#pool ?? (await this.#make())).run(order, report, signal);
  }

  async ask(question: Question, timeoutMs: number): Promise<Answer | Ending> {
    return (this.#pool ?? (await this.#make())).ask(question, timeoutMs);
  }

  /** Sets how many attempts there may be at once. */
  limit(size: number): void {
    this.#options = { ...this.#options, size };
    this.#pool?.limit(size);
  }

  /** Starts workers ahead of need. */
  async warm(count: number): Promise<void> {
    (this.#pool ?? (await this.#make())).warm(count);
  }

  kill(): void {
    this.#pool?.kill();
  }

  close(): void {
    this.#pool?.close();
  }

  #make(): Promise<WorkerPool> {
    this.#making ??= import("./worker-pool.ts").then(({ WorkerPool }) => {
      this.#pool = new WorkerPool(this.#options);
      return this.#pool;
    });
    return this.#making;
  }
}
