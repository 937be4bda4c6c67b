import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The bundle of a process of its own: it lies beside the engine's, or in `dist` where the engine runs from its sources.
 */
export function processEntry(name: "worker" | "follower" | "conformance"): string {
  const beside = fileURLToPath(new URL(`${name}.js`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
}
