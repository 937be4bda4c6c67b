import { OrchestrateError } from "@orchestrate/sdk";
import { maskSecrets } from "@orchestrate/sdk/runtime";
import PQueue from "p-queue";
import type { AttemptOrder, AttemptReport, AttemptResult, Executor } from "../../run/ports/executor.ts";
import { killStragglers, writeFence } from "../proc/fence.ts";
import { KeptFile } from "../proc/kept-file.ts";
import { LOADS, lastProcessId } from "../proc/process-table.ts";
import type { Answer, Question } from "../worker/protocol.ts";
import { describeEnding, type Ending } from "./describe-ending.ts";
import { followAttempt } from "./follow-attempt.ts";
import { WorkerProcess } from "./worker-process.ts";

export interface PoolOptions {
  /** The worker's entry, absolute. */
  readonly entry: string;
  /** Attempts at once, until `limit` is called. */
  readonly size: number;
  /** How long an aborted attempt has to end by itself, in milliseconds. */
  readonly graceMs: number;
}

/** Runs attempts in warm worker processes of this machine, one at a time in each. */
export class WorkerPool implements Executor {
  readonly #options: PoolOptions;
  readonly #queue: PQueue;
  /** Those that worked last stand at the end, and are taken first. */
  readonly #idle: WorkerProcess[] = [];
  readonly #busy = new Set<WorkerProcess>();
  readonly #loads = new KeptFile(LOADS);

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.size });
  }

  /** Sets how many attempts there may be at once. */
  limit(size: number): void {
    this.#queue.concurrency = size;
  }

  /** Starts workers ahead of need. */
  warm(count: number): void {
    try {
      while (this.#idle.length + this.#busy.size < Math.min(count, this.#queue.concurrency))
        this.#idle.unshift(this.#resting(this.#start(0)));
    } catch (error) {
      // Whoever needs a worker is told why there is none; nobody does yet.
      if (!(error instanceof OrchestrateError)) throw error;
    }
  }

  run(order: AttemptOrder, report: (report: AttemptReport) => void, signal: AbortSignal): Promise<AttemptResult> {
    return this.#queue.add(() => this.#attempt(order, report, signal));
  }

  /** Asks a worker. What comes back is its answer, or how it ended without one. */
  async ask(question: Question, timeoutMs: number): Promise<Answer | Ending> {
    for (let tries = 1; ; tries += 1) {
      const worker = this.#take(0);
      const ending = await putQuestion(worker, question, timeoutMs);
      if ("answer" in ending && ending.answer !== "error") this.#release(worker);
      else this.#retire(worker);
      if ("answer" in ending || tries === MOST_TRIES || !hasNotBegun(ending)) return ending;
    }
  }

  kill(): void {
    for (const worker of [...this.#busy, ...this.#idle]) worker.kill();
  }

  /** Ends idle workers. One that keeps services has a moment to dispose of them, for which the engine stays. */
  close(): void {
    for (const worker of this.#idle.splice(0)) worker.close(DISPOSAL_GRACE);
    this.#loads.close();
  }

  async #attempt(
    order: AttemptOrder,
    report: (report: AttemptReport) => void,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    for (let tries = 1; ; tries += 1) {
      if (signal.aborted) return { type: "aborted" };
      const ending = await this.#try(order, report, signal);
      if (tries === MOST_TRIES || !hasNotBegun(ending)) return describeEnding(ending, order);
    }
  }

  async #try(order: AttemptOrder, report: (report: AttemptReport) => void, signal: AbortSignal): Promise<Ending> {
    const since = lastProcessId(this.#loads.read());
    const worker = this.#take(order.resources.memory);
    try {
      writeFence(order.staging, worker.fence);
    } catch (error) {
      this.#release(worker);
      throw error;
    }
    worker.output.begin({ path: order.log, attempt: order.number, mask: maskSecrets(order.secrets) });
    const followed = await followAttempt(worker, order, { report, signal, graceMs: this.#options.graceMs });
    const lost = worker.output.end();
    const ending: Ending =
      lost === undefined || followed.end !== "completed" ? followed : { end: "log-lost", cause: lost };
    const forked = worker.hasForked();
    if (ending.end === "completed" && ending.leaks.length === 0 && (!forked || process.platform === "linux")) {
      if (forked) killStragglers({ attempt: order.attempt, group: worker.pid, since });
      this.#release(worker);
    } else {
      this.#retire(worker);
      if (forked) killStragglers({ attempt: order.attempt, since });
    }
    return ending;
  }

  #take(memory: number): WorkerProcess {
    const at = this.#idle.findLastIndex((worker) => worker.memory === memory);
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
    this.#idle.push(this.#resting(worker));
  }

  /** Takes a worker that dies while it waits off the list. */
  #resting(worker: WorkerProcess): WorkerProcess {
    worker.rest(() => {
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return worker;
  }

  #retire(worker: WorkerProcess): void {
    this.#busy.delete(worker);
    worker.kill();
    worker.hold("idle");
  }
}

/**
 * A worker that dies while it is idle takes no attempt with it; where each new one dies as well, the machine is at
 * fault.
 */
const MOST_TRIES = 3;

/** Milliseconds in which an idle worker may dispose of the services it keeps. */
const DISPOSAL_GRACE = 1_000;

function hasNotBegun(ending: Ending): boolean {
  return ending.end === "exit" && ending.exit.order === "not-begun";
}

function putQuestion(worker: WorkerProcess, question: Question, timeoutMs: number): Promise<Answer | Ending> {
  return new Promise((resolve) => {
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
}
