import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { workerEnvironment } from "../pool/worker-environment.ts";
import { killGroup } from "../proc/fence.ts";
import type { FollowerReport, FollowOrder } from "./protocol.ts";

/** A follower in a process and a process group of its own, which outlives the engine by some seconds at most. */
export class FollowerProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  /** What is to be said of how it took the run in; undefined where all is well. */
  readonly #settled: Promise<string | undefined>;

  /** Starts it. Where that can't be, `end` says so. */
  constructor(entry: string, order: FollowOrder) {
    this.#name = order.name;
    this.#child = spawn(process.execPath, [entry], {
      detached: true,
      env: workerEnvironment(),
      serialization: "json",
      // The last pipe is only held: its end tells the follower that the engine is gone.
      stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
    });
    this.#settled = new Promise((resolve) => {
      const lost = (how: string) => resolve(`The follower ${order.name} ended ${how}. The run is not affected.`);
      this.#child.on("error", (error) => lost(`with ${error.message}`));
      this.#child.on("exit", (status, signal) => lost(signal === null ? `with status ${status}` : `by ${signal}`));
      this.#child.on("message", (message) => resolve(wordsOf(order.name, message as FollowerReport)));
    });
    // One that could not be started has no channel.
    if (this.#child.pid !== undefined) this.#child.send(order, () => {});
  }

  /**
   * Tells it that the run has ended, and waits until what must not be lost is safe: for so many milliseconds at most, then
   * it is killed. What it does after that, nobody waits for.
   *
   * @returns what a person is to be told.
   */
  async end(graceMs: number): Promise<string | undefined> {
    if (this.#child.pid === undefined) return this.#settled;
    if (this.#child.connected) this.#child.send({ type: "ended" }, () => {});
    const over = new AbortController();
    const words = await Promise.race([this.#settled, this.#late(graceMs, over.signal)]);
    over.abort();
    if (this.#child.connected) this.#child.disconnect();
    this.#child.stdio[4]?.destroy();
    this.#child.unref();
    return words;
  }

  async #late(graceMs: number, over: AbortSignal): Promise<string | undefined> {
    await setTimeout(graceMs, undefined, { signal: over });
    if (this.#child.pid !== undefined) killGroup(this.#child.pid);
    return `The follower ${this.#name} had not taken the run in after ${graceMs / 1000} s and was ended. The run is not affected.`;
  }
}

function wordsOf(name: string, report: FollowerReport): string | undefined {
  if (report.type === "followed") return undefined;
  return `The follower ${name} failed: ${report.error.detail} ${report.error.hint} The run is not affected.`;
}
