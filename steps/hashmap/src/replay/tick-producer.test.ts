import { describe, expect, it } from "vitest";
import { createMap } from "../map/create-map.ts";
import { MapOptions } from "../map/map-options.ts";
import { Recorder } from "./recorder.ts";
import { TickProducer } from "./tick-producer.ts";
import { WatchdogThresholds } from "./watchdog.ts";

function producer(): TickProducer {
  return new TickProducer({
    map: createMap(MapOptions.parse({}), 1),
    recorder: new Recorder(),
    thresholds: WatchdogThresholds.parse({}),
    startedAt: 1000,
    idleAfter: 5000,
  });
}

describe("the producer of ticks", () => {
  it("tells of a gap that nobody planned, once it is over", () => {
    const ticks = producer();
    ticks.resumed(1001);
    ticks.paused(1100);
    ticks.resumed(9000);
    expect(ticks.tick(9001).tick).toMatchObject({
      state: "running",
      events: [
        { type: "start", t: 0 },
        { type: "idle", t: 5.1 },
        { type: "resume", t: 8 },
      ],
    });
  });

  it("says idle in every tick until operations go on", () => {
    const ticks = producer();
    ticks.paused(1100);
    ticks.fellIdle(6100);
    expect(ticks.tick(6100).tick.state).toBe("idle");
    expect(ticks.tick(7000).tick).toMatchObject({ state: "idle", events: [] });
    ticks.resumed(8000);
    expect(ticks.tick(8001).tick).toMatchObject({ state: "running", events: [{ type: "resume", t: 7 }] });
  });

  it("gives each event to one tick, and counts changes in all that follow", () => {
    const ticks = producer();
    ticks.mapChanged({ type: "switch", from: "chaining", to: "robin-hood", reason: "load" }, 1500);
    ticks.mapChanged({ type: "compaction", backend: "robin-hood", source: "proactive" }, 2000);
    expect(ticks.tick(2500).tick).toMatchObject({
      migrations: 1,
      compactions: 1,
      events: [
        { type: "start" },
        { type: "switch", from: "chaining", to: "robin-hood", reason: "load", t: 0.5 },
        { type: "compaction", backend: "robin-hood", source: "proactive", t: 1 },
      ],
    });
    expect(ticks.complete(3000).tick).toMatchObject({
      state: "complete",
      migrations: 1,
      events: [{ type: "complete", t: 2 }],
    });
  });
});
