import type { JournalEvent } from "@orchestrate/manifests";
import { instanceId } from "../../core/graph/instance.ts";
import { unreachable } from "../../core/unreachable.ts";
import { FanCount } from "./fan-count.ts";
import { formatDuration } from "./format-duration.ts";
import { formatMetrics } from "./format-number.ts";
import { itemText } from "./item-text.ts";
import type { Line } from "./line.ts";

/** From how many instances on a fanned-out phase gets one line instead of one for each. */
export const MANY_INSTANCES = 21;

/** An attempt that runs. */
export interface ActiveAttempt {
  readonly id: string;
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

/** Turns the events of a run into lines, and knows what is running. Writes nothing and reads no clock. */
export class Narrator {
  readonly #fans = new Map<string, FanCount>();
  readonly #metrics = new Map<string, Map<string, number>>();
  readonly #active = new Map<string, ActiveAttempt>();
  /** Phases of which it was told that something was deleted: their other instances leave the like. */
  readonly #warned = new Set<string>();
  readonly #planned: ReadonlyMap<string, number>;
  #total: number | undefined;
  #ended = 0;

  /**
   * @param planned how many instances each fanned-out phase has, as far as it is known.
   * @param total all instances of the plan, where a fan-out that is not among them counts as one.
   */
  constructor(planned: ReadonlyMap<string, number>, total?: number) {
    this.#planned = planned;
    this.#total = total;
    for (const [phase, count] of planned) this.#expect(phase, count);
  }

  /** What runs, the longest first. */
  get active(): readonly ActiveAttempt[] {
    return [...this.#active.values()];
  }

  /** How many instances there are, where it is known. */
  get total(): number | undefined {
    return this.#total;
  }

  /** How many instances have ended, well or not. */
  get ended(): number {
    return this.#ended;
  }

  /** The lines that an event is worth; most are worth none. */
  tell(event: JournalEvent): readonly Line[] {
    switch (event.type) {
      case "run-started":
      case "checkpoint-saved":
        return [];
      case "phase-expanded":
        this.#expand(event);
        return [];
      case "attempt-started":
        return this.#start(event);
      case "progress":
        this.#progress(event);
        return [];
      case "metric":
        this.#measure(event);
        return [];
      case "attempt-failed":
        return this.#attemptFailed(event);
      case "phase-committed":
        return this.#committed(event);
      case "phase-failed":
        return this.#failed(event);
      case "phase-skipped":
        return this.#skipped(event);
      case "published":
        return [{ mark: "done", name: idOf(event), text: `published to ${event.to}` }];
      case "run-finished":
        return this.rest();
      default:
        return unreachable(event);
    }
  }

  /** The lines of fan-outs that have not ended, as far as they came. */
  rest(): readonly Line[] {
    const open = [...this.#fans.values()].filter(({ isBegun, isOver }) => isBegun && !isOver);
    this.#fans.clear();
    return open.map((fan) => fan.line());
  }

  #expand({ phase, keys }: Of<"phase-expanded">): void {
    if (this.#total !== undefined && !this.#planned.has(phase)) this.#total += keys.length - 1;
    this.#expect(phase, keys.length);
  }

  #expect(phase: string, count: number): void {
    if (count >= MANY_INSTANCES && !this.#fans.has(phase)) this.#fans.set(phase, new FanCount(phase, count));
  }

  #start(event: Of<"attempt-started">): readonly Line[] {
    const id = idOf(event);
    this.#active.set(id, { id, phase: event.phase, done: 0, total: 0, message: "" });
    this.#fans.get(event.phase)?.begin(event.time);
    return [];
  }

  #progress({ done, total, message = "", ...event }: Of<"progress">): void {
    const id = idOf(event);
    if (this.#active.has(id)) this.#active.set(id, { id, phase: event.phase, done, total, message });
  }

  #measure(event: Of<"metric">): void {
    if (this.#fans.has(event.phase)) return;
    const id = idOf(event);
    const metrics = this.#metrics.get(id) ?? new Map<string, number>();
    this.#metrics.set(id, metrics.set(event.name, event.value));
  }

  #attemptFailed(event: Of<"attempt-failed">): readonly Line[] {
    const id = idOf(event);
    this.#active.delete(id);
    this.#metrics.delete(id);
    if (event.retry_in_ms === null) return [];
    const fan = this.#fans.get(event.phase);
    if (fan !== undefined) {
      fan.retried += 1;
      return [];
    }
    const text = `attempt ${event.attempt} failed: ${event.error.detail}\nagain in ${formatDuration(event.retry_in_ms)}`;
    return [{ mark: "retry", name: id, text }];
  }

  #committed(event: Of<"phase-committed">): readonly Line[] {
    return [...this.#commitLine(event), ...this.#deleted(event)];
  }

  #deleted({ undeclared, ...event }: Of<"phase-committed">): readonly Line[] {
    if (undeclared === undefined || this.#warned.has(event.phase)) return [];
    this.#warned.add(event.phase);
    const names = undeclared.names.slice(0, 3).join(", ");
    const more = undeclared.count > 3 ? `, and ${undeclared.count - 3} more` : "";
    return [
      {
        mark: "warning",
        name: idOf(event),
        text: `deleted what no output declares: ${names}${more}`,
        hint: "Declare it as an output, or write it elsewhere.",
      },
    ];
  }

  #commitLine(event: Of<"phase-committed">): readonly Line[] {
    const id = this.#end(event);
    const fan = this.#fans.get(event.phase);
    if (fan !== undefined) return fan.end(COUNTED[event.reason], event.time);
    const measured = this.#metrics.get(id);
    const metrics = measured === undefined ? "" : formatMetrics(measured);
    this.#metrics.delete(id);
    switch (event.reason) {
      case "computed":
        return [{ mark: "done", name: id, duration: event.duration_ms, text: metrics }];
      case "reused":
        return [{ mark: "reused", name: id, text: event.from === undefined ? "reused" : `reused from ${event.from}` }];
      case "rolled-forward":
        return [{ mark: "reused", name: id, text: "had ended; its commit is completed" }];
      case "already-committed":
        return [{ mark: "reused", name: id, text: "committed before" }];
      default:
        return unreachable(event.reason);
    }
  }

  #failed(event: Of<"phase-failed">): readonly Line[] {
    const id = this.#end(event);
    const { detail, hint } = event.error;
    const item = itemText(event.key, event.item);
    const text = `failed${item === "" ? "" : ` for ${item}`}: ${detail}`;
    const line: Line = { mark: "failed", name: id, text, hint };
    const fan = this.#fans.get(event.phase);
    if (fan === undefined) return [line];
    const ended = fan.end("failed", event.time);
    return fan.isWorthTelling ? [line, ...ended] : ended;
  }

  #skipped(event: Of<"phase-skipped">): readonly Line[] {
    const id = this.#end(event);
    const fan = event.key === null ? undefined : this.#fans.get(event.phase);
    if (fan !== undefined) return fan.end("skipped", event.time);
    return [{ mark: "skipped", name: id, text: reasonOf(event) }];
  }

  #end(event: { readonly phase: string; readonly key: string | null }): string {
    const id = idOf(event);
    this.#active.delete(id);
    this.#ended += 1;
    return id;
  }
}

/** How a large fan-out counts what was committed. */
const COUNTED = {
  computed: "computed",
  reused: "reused",
  "rolled-forward": "before",
  "already-committed": "before",
} as const;

type Of<T extends JournalEvent["type"]> = Extract<JournalEvent, { readonly type: T }>;

function idOf({ phase, key }: { readonly phase: string; readonly key: string | null }): string {
  return instanceId(phase, key);
}

function reasonOf({ reason, by }: Of<"phase-skipped">): string {
  switch (reason) {
    case "blocked":
      return by === null ? "skipped" : `skipped: ${by} failed`;
    case "not-enabled":
      return "not enabled";
    case "interrupted":
      return "not run: the run was interrupted";
    default:
      return unreachable(reason);
  }
}
