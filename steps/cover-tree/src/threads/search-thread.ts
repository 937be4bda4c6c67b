import { parentPort, workerData } from "node:worker_threads";
import { KernelMemory, type MemoryPart } from "../kernels/kernel-memory.ts";
import { loadKernels } from "../kernels/kernels.ts";
import { answersOf } from "../query/answers.ts";
import type { Ask } from "../query/collector.ts";
import { openSearch, type SharedPlan } from "../query/search-plan.ts";

/** What a thread is started with. All arrays are shared, none is written. */
export interface ThreadData {
  readonly part: MemoryPart;
  readonly plan: SharedPlan;
  readonly ask: Ask;
  readonly queries: Int32Array;
  readonly ends: Int32Array;
}

/** A piece of the queries. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

if (parentPort !== null) serve(parentPort, workerData as ThreadData);

function serve(port: NonNullable<typeof parentPort>, { part, plan, ask, queries, ends }: ThreadData): void {
  const memory = new KernelMemory(part);
  const search = openSearch(memory, loadKernels(part.memory), plan, ask);
  port.postMessage("up");
  port.on("message", ({ from, to }: Piece) => {
    port.postMessage(answersOf(search, queries.subarray(from, to), ends.subarray(from, to)));
  });
}
