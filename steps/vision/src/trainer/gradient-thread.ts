import { parentPort, workerData } from "node:worker_threads";
import { gradientSource } from "./gradient-source.ts";
import type { ThreadOrder } from "./gradient-threads.ts";

/** The module of a thread that computes gradients: one answer for each question, until it is ended. */
const { objective, rows, frozen, values, part } = workerData as ThreadOrder;
const source = gradientSource(objective, rows, frozen);
parentPort?.on("message", async () => {
  const batch = part.batch.map((rows) => rows.slice());
  const { loss, gradient } = await (await source).gradient(values, batch);
  part.gradient.set(gradient);
  parentPort?.postMessage(loss);
});
