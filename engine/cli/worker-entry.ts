import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The worker's bundle: it lies beside the engine's own, or in `dist` where the engine runs from its sources. */
export function workerEntry(): string {
  const beside = fileURLToPath(new URL("worker.js", import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL("../dist/worker.js", import.meta.url));
}
