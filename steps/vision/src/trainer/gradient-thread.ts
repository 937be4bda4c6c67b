import { parentPort, workerData } from "node:worker_threads";
import { gradientSource } from "./gradient-source.ts";
import type { ThreadOrder, ThreadQuestion } from "./gradient-threads.ts";

/** The module of a thread that computes gradients: one answer for each question, until it is ended. */
const { objective, rows, frozen } = workerData as ThreadOrder;
const source = gradientSource(objective, rows, frozen);
parentPort?.on("message", async ({ values, batch }: ThreadQuestion) => {
  parentPort?.postMessage(await (await source).gradient(values, batch));
});
