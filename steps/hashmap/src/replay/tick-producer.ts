import type { HashMap } from "../map/hash-map.ts";
import type { MapEvent } from "../map/map-event.ts";
import { alertEdges } from "./alert-edges.ts";
import type { Recorder } from "./recorder.ts";
import { takeTick } from "./take-tick.ts";
import type { Alert, Tick, TickEvent } from "./tick.ts";
import { alertsAt, type WatchdogThresholds } from "./watchdog.ts";

/** Weight of the newest rate in the moving average. */
const ALPHA = 0.25;
/** Seconds between which the span of a rate is held. */
const SPAN = { least: 1e-3, most: 10 };

export interface TickSources {
  readonly map: HashMap;
  readonly recorder: Recorder;
  readonly thresholds: WatchdogThresholds;
  /** When the replay began, by the timer. */
  readonly startedAt: number;
  /** Milliseconds without an operation after which the replay counts as idle. */
  readonly idleAfter: number;
}

export interface ProducedTick {
  readonly tick: Tick;
  /** The alerts that began with it. */
  readonly raised: readonly Alert[];
}

/**
 * The one producer of ticks: it keeps what lies between two of them, rates, events and alerts. Every consumer shows a
 * tick that it made, and computes nothing of its own. All times are the timer's, in milliseconds.
 */
export class TickProducer {
  readonly #sources: TickSources;
  readonly #counts = { switch: 0, resize: 0, compaction: 0 };
  #events: TickEvent[] = [];
  #alerts: readonly Alert[] = [];
  #last: { readonly t: number; readonly ops: number; readonly ema: number | undefined };
  #lastActive: number;
  #isIdle = false;

  constructor(sources: TickSources) {
    this.#sources = sources;
    this.#lastActive = sources.startedAt;
    this.#last = { t: 0, ops: 0, ema: undefined };
    this.#events.push({ type: "start", t: 0 });
  }

  /** The map did something of its own accord. */
  mapChanged(event: MapEvent, at: number): void {
    this.#counts[event.type]++;
    this.#events.push({ ...event, t: this.#seconds(at) });
  }

  /** Operations begin; where none were for too long, that is told, and that it is over. */
  resumed(at: number): void {
    const { idleAfter } = this.#sources;
    if (!this.#isIdle && at - this.#lastActive >= idleAfter) this.fellIdle(this.#lastActive + idleAfter);
    if (this.#isIdle) this.#events.push({ type: "resume", t: this.#seconds(at) });
    this.#isIdle = false;
  }

  /** Operations have ended for now. */
  paused(at: number): void {
    this.#lastActive = at;
  }

  fellIdle(at: number): void {
    this.#isIdle = true;
    this.#events.push({ type: "idle", t: this.#seconds(at) });
  }

  /** How things stand. Alerts are told in `raised` when they begin, and stand in every tick while they last. */
  tick(at: number): ProducedTick {
    return this.#tick(at, this.#isIdle ? "idle" : "running");
  }

  complete(at: number): ProducedTick {
    this.#events.push({ type: "complete", t: this.#seconds(at) });
    return this.#tick(at, "complete");
  }

  #tick(at: number, state: Tick["state"]): ProducedTick {
    const { map, recorder, thresholds } = this.#sources;
    const t = this.#seconds(at);
    const ops = recorder.operations;
    const instant = (ops - this.#last.ops) / Math.min(SPAN.most, Math.max(SPAN.least, t - this.#last.t));
    const ema = this.#last.ema === undefined ? instant : ALPHA * instant + (1 - ALPHA) * this.#last.ema;
    this.#last = { t, ops, ema: ops === 0 ? undefined : ema };
    const bare = takeTick(map, recorder, { t, state, instant, ema, changes: this.#counts });
    const alerts = alertsAt(bare, thresholds);
    const { raised, cleared } = alertEdges(this.#alerts, alerts);
    for (const { metric, value } of raised) this.#events.push({ type: "alert", t, metric, value });
    for (const { metric, value } of cleared) this.#events.push({ type: "alert-cleared", t, metric, value });
    const tick = { ...bare, events: this.#events, alerts };
    this.#alerts = alerts;
    this.#events = [];
    return { tick, raised };
  }

  #seconds(at: number): number {
    return (at - this.#sources.startedAt) / 1000;
  }
}
