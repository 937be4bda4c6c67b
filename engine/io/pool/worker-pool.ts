import PQueue from "p-queue";
import type { AttemptOrder, AttemptReport, AttemptResult, Executor } from "../../run/ports/executor.ts";
import { killStragglers, writeFence } from "../proc/fence.ts";
import { maskSecrets } from "../worker/mask-secrets.ts";
import type { Answer, Question } from "../worker/protocol.ts";
import { describeEnding, type Ending } from "./describe-ending.ts";
import { watchMemory } from "./watch-memory.ts";
import { WorkerProcess } from "./worker-process.ts";

export interface PoolOptions {
  /** The worker's entry, absolute. */
  readonly entry: string;
  /** Attempts at once. */
  readonly size: number;
  /** How long an aborted attempt has to end by itself, in milliseconds. */
  readonly graceMs: number;
}

/** Runs attempts in warm worker processes of this machine, one at a time in each. */
export class WorkerPool implements Executor {
  readonly #options: PoolOptions;
  readonly #queue: PQueue;
  readonly #idle: WorkerProcess[] = [];
  readonly #busy = new Set<WorkerProcess>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.size });
  }

  /** Starts workers ahead of need. */
  warm(count: number): void {
    while (this.#idle.length + this.#busy.size < Math.min(count, this.#options.size)) this.#release(this.#start(0));
  }

  run(order: AttemptOrder, report: (report: AttemptReport) => void, signal: AbortSignal): Promise<AttemptResult> {
    return this.#queue.add(() => this.#attempt(order, report, signal));
  }

  /** Asks a worker; undefined where no answer comes in time, or the worker ends. */
  async ask(question: Question, timeoutMs: number): Promise<Answer | Ending> {
    const worker = this.#take(0);
    const ending = await new Promise<Answer | Ending>((resolve) => {
      const timer = setTimeout(() => resolve({ end: "timeout", afterMs: timeoutMs }), timeoutMs);
      worker.order(
        { type: "question", question },
        (report) => {
          if (report.type !== "answer") return;
          clearTimeout(timer);
          resolve(report.answer);
        },
        (exit) => {
          clearTimeout(timer);
          resolve({ end: "exit", exit });
        },
      );
    });
    if ("answer" in ending && ending.answer !== "error") this.#release(worker);
    else this.#retire(worker);
    return ending;
  }

  kill(): void {
    for (const worker of [...this.#busy, ...this.#idle]) worker.kill();
  }

  close(): void {
    for (const worker of this.#idle.splice(0)) worker.kill();
  }

  async #attempt(
    order: AttemptOrder,
    report: (report: AttemptReport) => void,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    if (signal.aborted) return { type: "aborted" };
    const worker = this.#take(order.resources.memory);
    try {
      writeFence(order.staging, worker.fence);
    } catch (error) {
      this.#release(worker);
      throw error;
    }
    worker.logTo({ path: order.log, attempt: order.number, mask: maskSecrets(order.secrets) });
    const followed = await this.#follow(worker, order, report, signal);
    const lost = worker.endLog();
    const ending: Ending =
      lost === undefined || followed.end !== "completed" ? followed : { end: "log-lost", cause: lost };
    const forked = worker.hasForked();
    if (ending.end === "completed" && ending.leaks.length === 0 && (!forked || process.platform === "linux")) {
      if (forked) killStragglers(order.attempt, worker.pid);
      this.#release(worker);
    } else {
      this.#retire(worker);
      if (forked) killStragglers(order.attempt);
    }
    return describeEnding(ending, order);
  }

  #follow(
    worker: WorkerProcess,
    order: AttemptOrder,
    report: (report: AttemptReport) => void,
    signal: AbortSignal,
  ): Promise<Ending> {
    return new Promise((resolve) => {
      let cut: Ending | undefined;
      const timers: NodeJS.Timeout[] = [];
      const settle = (ending: Ending) => {
        for (const timer of timers) clearTimeout(timer);
        stopWatching();
        signal.removeEventListener("abort", onAbort);
        resolve(cut ?? ending);
      };
      const cutShort = (why: Ending) => {
        if (cut !== undefined) return;
        cut = why;
        worker.send({ type: "abort" });
        timers.push(setTimeout(() => worker.kill(), this.#options.graceMs));
      };
      const onAbort = () => cutShort({ end: "aborted" });
      const stopWatching = watchMemory(worker.pid, order.resources.memory, (used) => {
        cut ??= { end: "memory", used };
        worker.kill();
      });
      signal.addEventListener("abort", onAbort, { once: true });
      if (order.timeoutMs !== null)
        timers.push(setTimeout(() => cutShort({ end: "timeout", afterMs: order.timeoutMs! }), order.timeoutMs));
      worker.order(
        { type: "attempt", order },
        (message) => {
          switch (message.type) {
            case "completed":
              return settle({ end: "completed", metrics: message.metrics, leaks: message.leaks });
            case "failed":
              return settle({ end: "failed", error: message.error });
            case "progress":
            case "metric":
            case "checkpoint":
              return report(message);
            case "answer":
              return;
            default:
              return message satisfies never;
          }
        },
        (exit) => settle({ end: "exit", exit }),
      );
    });
  }

  #take(memory: number): WorkerProcess {
    const at = this.#idle.findIndex((worker) => worker.memory === memory && !worker.hasExited);
    const worker = at < 0 ? this.#start(memory) : this.#idle.splice(at, 1)[0]!;
    worker.hold("busy");
    this.#busy.add(worker);
    return worker;
  }

  #start(memory: number): WorkerProcess {
    return new WorkerProcess(this.#options.entry, memory);
  }

  #release(worker: WorkerProcess): void {
    this.#busy.delete(worker);
    worker.hold("idle");
    this.#idle.push(worker);
  }

  #retire(worker: WorkerProcess): void {
    this.#busy.delete(worker);
    worker.kill();
    worker.hold("idle");
  }
}
