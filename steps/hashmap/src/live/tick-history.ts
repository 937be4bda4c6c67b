import type { Tick, TickEvent } from "../replay/tick.ts";

const MOST_TICKS = 360;
const MOST_EVENTS = 512;

/** The newest ticks and events; older ones are forgotten, so that memory stays bounded. */
export class TickHistory {
  #ticks: Tick[] = [];
  #events: TickEvent[] = [];

  add(tick: Tick): void {
    this.#ticks = [...this.#ticks, tick].slice(-MOST_TICKS);
    this.#events = [...this.#events, ...tick.events].slice(-MOST_EVENTS);
  }

  get latest(): Tick | undefined {
    return this.#ticks.at(-1);
  }

  /** The newest, the oldest of them first. */
  ticks(limit: number): readonly Tick[] {
    return this.#ticks.slice(-limit);
  }

  events(limit: number): readonly TickEvent[] {
    return this.#events.slice(-limit);
  }
}
