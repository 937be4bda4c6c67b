import { join } from "node:path";
import type { Graph } from "../core/graph/graph.ts";
import { acquireLock, type HeldLock } from "../io/run-directory/run-lock.ts";

/**
 * Locks on the state of phases that keep it between runs by a `previous` input and change something outside: one engine
 * drives them at a time, whatever run. They are taken before the state is looked at, so that it can't be stale.
 */
export class StateLocks {
  readonly #runsDirectory: string;
  readonly #held: HeldLock[] = [];

  constructor(runsDirectory: string) {
    this.#runsDirectory = runsDirectory;
  }

  /** @returns whether there was any to take. @throws OrchestrateError `locked` (policy) */
  async take(graph: Graph, selected: ReadonlySet<string>): Promise<"taken" | "none"> {
    const { name: pipeline, state } = graph.pipeline;
    for (const name of selected) {
      const { phase, step } = graph.phases.get(name)!;
      const keepsState = Object.values(phase.inputs).some(({ from }) => from === "previous");
      if (!keepsState || step.contract.effects !== "external") continue;
      const path = join(this.#runsDirectory, `.state.${pipeline}.${state ?? "-"}.${name}.lock`);
      this.#held.push(await acquireLock(path, `The state of phase "${name}"`));
    }
    return this.#held.length > 0 ? "taken" : "none";
  }

  release(): void {
    for (const lock of this.#held.splice(0)) lock.release();
  }
}
