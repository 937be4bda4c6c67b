import type { ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { spawnPluginProcess } from "../pool/spawn-plugin-process.ts";
import { killGroup } from "../proc/fence.ts";
import { ENGINE_PIPE } from "../worker/engine-pipe.ts";
import type { FollowerReport, FollowOrder } from "./protocol.ts";

/** How a follower took a run in. */
export interface FollowerEnding {
  /** What a person is to be told; undefined where all is well. */
  readonly words: string | undefined;
  /** Something killed it before it had, as for want of memory: another one can read the journal from its beginning. */
  readonly isKilled: boolean;
}

/** A follower in a process and a process group of its own, which outlives the engine by some seconds at most. */
export class FollowerProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #settled: Promise<FollowerEnding>;

  /** Starts it. Where that can't be, `end` says so. */
  constructor(entry: string, order: FollowOrder) {
    this.#name = order.name;
    this.#child = spawnPluginProcess({ args: [entry], output: ["ignore", "ignore"] });
    this.#settled = new Promise((resolve) => {
      const words = (how: string) => `The follower ${order.name} ended ${how}. The run is not affected.`;
      this.#child.on("error", (error) => resolve({ words: words(`with ${error.message}`), isKilled: false }));
      this.#child.on("exit", (status, signal) =>
        resolve({
          words: words(signal === null ? `with status ${status}` : `by ${signal}`),
          isKilled: signal !== null,
        }),
      );
      this.#child.on("message", (message) =>
        resolve({ words: wordsOf(order.name, message as FollowerReport), isKilled: false }),
      );
    });
    // One that could not be started has no channel.
    if (this.#child.pid !== undefined) this.#child.send(order, () => {});
  }

  /**
   * Tells it that the run has ended, and waits until what must not be lost is safe: for so many milliseconds at most,
   * then it is killed. What it does after that, nobody waits for.
   */
  async end(graceMs: number): Promise<FollowerEnding> {
    if (this.#child.pid === undefined) return this.#settled;
    if (this.#child.connected) this.#child.send({ type: "ended" }, () => {});
    const over = new AbortController();
    const ending = await Promise.race([this.#settled, this.#late(graceMs, over.signal)]);
    over.abort();
    if (this.#child.connected) this.#child.disconnect();
    this.#child.stdio[ENGINE_PIPE]?.destroy();
    this.#child.unref();
    return ending;
  }

  async #late(graceMs: number, over: AbortSignal): Promise<FollowerEnding> {
    await setTimeout(graceMs, undefined, { signal: over });
    if (this.#child.pid !== undefined) killGroup(this.#child.pid);
    const words = `The follower ${this.#name} had not taken the run in after ${graceMs / 1000} s and was ended. The run is not affected.`;
    return { words, isKilled: false };
  }
}

function wordsOf(name: string, report: FollowerReport): string | undefined {
  if (report.type === "followed") return undefined;
  return `The follower ${name} failed: ${report.error.detail} ${report.error.hint} The run is not affected.`;
}
