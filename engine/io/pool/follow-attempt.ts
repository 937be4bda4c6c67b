import type { AttemptOrder, AttemptReport } from "../../run/ports/executor.ts";
import type { Ending } from "./describe-ending.ts";
import { watchMemory } from "./watch-memory.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** What happens around an attempt while a worker runs it. */
export interface AttemptWatch {
  readonly report: (report: AttemptReport) => void;
  /** Tells the step to end by itself. */
  readonly signal: AbortSignal;
  /** How long a step that was told to end has until its worker is killed, in milliseconds. */
  readonly graceMs: number;
}

/** Gives a worker an attempt and follows it to its end, which a timeout, an abort or the memory limit may cut short. */
export function followAttempt(worker: WorkerProcess, order: AttemptOrder, watch: AttemptWatch): Promise<Ending> {
  const { report, signal, graceMs } = watch;
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
      timers.push(setTimeout(() => worker.kill(), graceMs));
    };
    const onAbort = () => cutShort({ end: "aborted" });
    const stopWatching = watchMemory(worker.pid, order.resources.memory, (used) => {
      cut ??= { end: "memory", used };
      worker.kill();
    });
    signal.addEventListener("abort", onAbort, { once: true });
    const { timeoutMs } = order;
    if (timeoutMs !== null) timers.push(setTimeout(() => cutShort({ end: "timeout", afterMs: timeoutMs }), timeoutMs));
    worker.order(
      { type: "attempt", order },
      (message) => {
        switch (message.type) {
          case "completed":
            return settle({
              end: "completed",
              metrics: message.metrics,
              carried: message.carried,
              leaks: message.leaks,
            });
          case "failed":
            return settle({ end: "failed", error: message.error });
          case "progress":
          case "metric":
          case "checkpoint":
            return report(message);
          case "begun":
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
