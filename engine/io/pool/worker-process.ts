import type { ChildProcess } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { OrchestrateError } from "@orchestrate/sdk";
import { ChildrenMark } from "../proc/children-mark.ts";
import { fenceText, hasBegun, killGroup } from "../proc/fence.ts";
import { ENGINE_PIPE } from "../worker/engine-pipe.ts";
import type { Order, Report } from "../worker/protocol.ts";
import { RawOutput } from "./raw-output.ts";
import { spawnPluginProcess } from "./spawn-plugin-process.ts";

/** How a worker ended, if not by an order. */
export interface WorkerExit {
  readonly status: number | null;
  readonly signal: string | null;
  /** The last of what it wrote to standard error by itself. */
  readonly stderr: string;
  /** Whether it had begun with the order it was last given. */
  readonly order: "begun" | "not-begun";
}

/** One worker: a process and a process group of its own, which dies with the engine. */
export class WorkerProcess {
  readonly pid: number;
  readonly memory: number;
  readonly output: RawOutput;
  readonly #child: ChildProcess;
  #onReport: (report: Report) => void = () => {};
  #onExit: (exit: WorkerExit) => void = () => {};
  #exit: WorkerExit | undefined;
  #hasEnded = false;
  #hasReported = false;
  /** Of the attempt that it was last given; undefined where that was a question. */
  #staging: string | undefined;
  #kept = 0;
  #closing: NodeJS.Timeout | undefined;
  #fence: string | undefined;
  readonly #children: ChildrenMark;
  #mark: string | undefined;

  /**
   * @param memory MiB of heap at most; 0: Node's own default.
   * @throws OrchestrateError `worker-not-started` (io)
   */
  constructor(entry: string, memory: number) {
    // Node takes whole numbers alone.
    const limits = memory > 0 ? [`--max-old-space-size=${Math.ceil(memory)}`] : [];
    this.memory = memory;
    this.#child = spawnPluginProcess({ args: [...limits, entry], output: ["pipe", "pipe"] });
    this.#child.on("error", (error) => this.#end(null, null, error.message));
    if (this.#child.pid === undefined) throw notStarted();
    this.pid = this.#child.pid;
    this.#children = new ChildrenMark(this.pid);
    this.#child.on("message", (message) => this.#hear(message as Report));
    this.#child.on("exit", (status, signal) => {
      // What it started may live on in its group. Once that is empty too, its id can become that of others.
      killGroup(this.pid);
      this.#hasEnded = true;
      this.#children.close();
      clearTimeout(this.#closing);
      void this.#drain(status, signal);
    });
    this.output = new RawOutput({ stdout: this.#child.stdout!, stderr: this.#child.stderr! });
  }

  /** What is written beside a staging directory before this worker works in it. */
  get fence(): string {
    this.#fence ??= fenceText(this.pid);
    return this.#fence;
  }

  /** Whether it has started processes since this was last asked; also where the system does not tell. */
  hasForked(): boolean {
    const before = this.#mark ?? NO_CHILDREN;
    this.#mark = this.#children.read();
    return this.#mark === undefined || this.#mark !== before;
  }

  /** Sends an order and hears what comes of it; whoever listened before no longer does. */
  order(order: Order, onReport: (report: Report) => void, onExit: (exit: WorkerExit) => void): void {
    this.#onReport = onReport;
    this.#onExit = onExit;
    this.#hasReported = false;
    this.#staging = order.type === "attempt" ? order.order.staging : undefined;
    if (this.#exit !== undefined) onExit({ ...this.#exit, order: "not-begun" });
    else this.send(order);
  }

  /** Sends an order beside the current one. A worker that is gone says so by its exit. */
  send(order: Order): void {
    this.#child.send(order, () => {});
  }

  /** Lets the engine end while this worker is idle, or not. */
  hold(state: "busy" | "idle"): void {
    const { stdout, stderr, stdio, channel } = this.#child;
    const handles = [this.#child, stdout, stderr, stdio[ENGINE_PIPE], channel];
    for (const handle of handles as readonly ({ ref?(): void; unref?(): void } | null | undefined)[]) {
      if (state === "busy") handle?.ref?.();
      else handle?.unref?.();
    }
  }

  /** Lets it wait for its next order, and hears if it ends meanwhile. */
  rest(onExit: () => void): void {
    this.hold("idle");
    this.#onReport = () => {};
    this.#onExit = onExit;
    if (this.#exit !== undefined) onExit();
  }

  /** Ends it: at once, or where it keeps services, once it has disposed of them, within the given milliseconds. */
  close(graceMs: number): void {
    if (this.#hasEnded) return;
    if (this.#kept === 0) {
      this.kill();
      return;
    }
    this.hold("busy");
    this.#closing = setTimeout(() => this.kill(), graceMs);
    this.send({ type: "close" });
  }

  /** Kills it and its group; nothing where it has ended. */
  kill(): void {
    if (!this.#hasEnded) killGroup(this.pid);
  }

  #hear(report: Report): void {
    this.#hasReported = true;
    if ("kept" in report) this.#kept = report.kept;
    this.#onReport(report);
  }

  async #drain(status: number | null, signal: string | null): Promise<void> {
    await this.output.drained();
    // What it reported last may still lie in the channel.
    for (let turn = 0; turn < MOST_TURNS && this.#child.connected; turn += 1) await setImmediate();
    this.#end(status, signal, this.output.stderr);
  }

  #end(status: number | null, signal: string | null, stderr: string): void {
    const begun = this.#hasReported || (this.#staging !== undefined && hasBegun(this.#staging));
    this.#exit ??= { status, signal, stderr, order: begun ? "begun" : "not-begun" };
    this.#onExit(this.#exit);
  }
}

/** Turns of the event loop after which a channel that some process inherited counts as empty. */
const MOST_TURNS = 64;

/** The mark of a process that never started another. */
const NO_CHILDREN = "0 ";

/** Which of the limits it was is told only later, when nobody listens any more. */
function notStarted(): OrchestrateError {
  return new OrchestrateError({
    error: "worker-not-started",
    category: "io",
    detail: "No worker process could be started: the system allows no more open files, or no more processes.",
    hint: "Raise the limits (ulimit -n, ulimit -u), or run fewer phases at once: --concurrency.",
  });
}
