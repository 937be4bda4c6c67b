import { errnoOf, ioWords } from "@orchestrate/manifests";
import type { ErrorEnvelope } from "@orchestrate/sdk";
import { unreachable } from "../../core/unreachable.ts";
import type { AttemptOrder, AttemptResult, Completed } from "../../run/ports/executor.ts";
import { CRASHED } from "../worker/protocol.ts";
import type { WorkerExit } from "./worker-process.ts";

/** How an order to a worker ended. */
export type Ending =
  | ({ readonly end: "completed"; readonly leaks: readonly string[] } & Completed)
  | { readonly end: "failed"; readonly error: ErrorEnvelope }
  | { readonly end: "aborted" }
  | { readonly end: "timeout"; readonly afterMs: number }
  | { readonly end: "memory"; readonly used: number }
  | { readonly end: "exit"; readonly exit: WorkerExit }
  /** The step ended well, but what its process wrote could not all be logged. */
  | { readonly end: "log-lost"; readonly cause: unknown };

/** What a person is told of an attempt's end. */
export function describeEnding(ending: Ending, order: AttemptOrder): AttemptResult {
  switch (ending.end) {
    case "completed":
      return { type: "completed", metrics: ending.metrics, carried: ending.carried };
    case "failed":
      return { type: "failed", error: ending.error };
    case "aborted":
      return { type: "aborted" };
    case "timeout":
      return failed(
        "attempt-timeout",
        `${order.step.name} was still running after ${ending.afterMs / 1000} s.`,
        "Raise the phase's `timeout`, or make the step faster.",
      );
    case "memory":
      return failed(
        "memory-exceeded",
        `${order.step.name} held ${ending.used} MiB; the phase asks for ${order.resources.memory}.`,
        "Raise `resources.memory` of the phase.",
      );
    case "exit":
      if (ending.exit.order === "not-begun") return { type: "failed", error: describeLostWorker(ending.exit, order) };
      return failed(...describeExit(ending.exit, order.step.name));
    case "log-lost":
      return { type: "failed", error: describeLostLog(ending.cause, order.log) };
    default:
      return unreachable(ending);
  }
}

function describeExit({ status, signal, stderr }: WorkerExit, step: string): readonly [string, string, string] {
  if (stderr.includes("heap out of memory")) {
    return [
      "out-of-memory",
      `${step} ran out of memory.`,
      "Raise `resources.memory` of the phase, in MiB, or let the step hold less at once.",
    ];
  }
  if (signal !== null) {
    return [
      "worker-killed",
      `${step}'s process was killed by ${signal}.`,
      "If it was the system's memory killer, let the step hold less, or run fewer phases at once.",
    ];
  }
  if (status === CRASHED) return ["step-crashed", `${step} crashed its process.`, "See the phase's log."];
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return [
    "step-exited",
    `${step} ended its process with status ${status}.${last === "" ? "" : ` It said: ${last}`}`,
    "A step must return or throw, and never call process.exit.",
  ];
}

function describeLostWorker({ status, signal, stderr }: WorkerExit, { step }: AttemptOrder): ErrorEnvelope {
  const how = signal === null ? `with status ${status}` : `by ${signal}`;
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return {
    error: "worker-lost",
    category: "io",
    detail: `Three processes ended one after the other before ${step.name} began, the last ${how}.${last === "" ? "" : ` It said: ${last}`}`,
    hint: "See whether the machine has memory left, and what kills its processes; then resume the run.",
  };
}

function describeLostLog(cause: unknown, path: string): ErrorEnvelope {
  const { code, hint } = ioWords(errnoOf(cause));
  const why = cause instanceof Error ? cause.message : String(cause);
  return { error: code, category: "io", detail: `Could not write the log ${path}: ${why}.`, hint };
}

function failed(error: string, detail: string, hint: string): AttemptResult {
  return { type: "failed", error: { error, category: "failed", detail, hint } };
}
