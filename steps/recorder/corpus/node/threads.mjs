import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
function square(n) { return n * n; }
if (isMainThread) {
  const results = await Promise.all([2, 3].map((n) => new Promise((resolve, reject) => { const worker = new Worker(new URL(import.meta.url), { workerData: n }); worker.once("message", resolve).once("error", reject); })));
  console.log(results.join(" "));
} else parentPort.postMessage(square(workerData));
