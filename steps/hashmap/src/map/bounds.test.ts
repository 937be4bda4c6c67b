import { describe, expect, it } from "vitest";
import { craftedKeys } from "../workload/crafted-keys.ts";
import { random } from "../workload/random.ts";
import { createMap } from "./create-map.ts";
import type { HashMap } from "./hash-map.ts";
import type { MapEvent } from "./map-event.ts";
import { MapOptions } from "./map-options.ts";
import type { Work } from "./work.ts";

type Counts = { -readonly [K in keyof Work]: number };
const VALUE = Buffer.from("12345");

describe.each(["chaining", "robin-hood", "adaptive"] as const)("the work of one operation, %s", (backend) => {
  it.each([
    [1, 10_000],
    [7, 10_000],
    [64, 10_000],
    [64, 100_000],
  ])("is bounded, whatever happens: batch %i, %i keys", (incrementalBatch, keys) => {
    const options = MapOptions.parse({ backend, incrementalBatch });
    const map = createMap(options, 1);
    const events = eventsOf(map);
    const most = mostWork(map, function* () {
      const key = (index: number) => Buffer.from(`K${index}`);
      for (let index = 0; index < keys; index++) yield () => map.put(key(index), VALUE);
      for (let index = 0; index < keys; index++) yield () => map.get(key(index));
      for (let index = 0; index < keys; index++) yield () => map.get(key(keys + index));
      for (let index = 0; index < keys * 0.98; index++) yield () => map.delete(key(index));
    });
    // With one entry at a time every table is several times as large as the one before it.
    expect(events.filter(({ type }) => type === "resize").length).toBeGreaterThanOrEqual(2);
    // A sweep of one record an operation is not over by then.
    expect(events.some(({ type }) => type === "compaction")).toBe(incrementalBatch > 1);
    expect(most.moved).toBeLessThanOrEqual(incrementalBatch);
    expect(most.scanned).toBeLessThanOrEqual(2 * incrementalBatch);
    expect(most.swept).toBeLessThanOrEqual(incrementalBatch);
    expect(most.relocated).toBeLessThanOrEqual(incrementalBatch);
    expect(most.probes).toBeLessThanOrEqual(64);
    expect(most.shifts).toBeLessThanOrEqual(1024);
    expect(map.faults()).toEqual([]);
  });

  it("moves no more and passes no more places for keys that all have one hash", () => {
    const map = createMap(MapOptions.parse({ backend, incrementalBatch: 8 }), 1);
    const keys = craftedKeys(1024).map((key) => Buffer.from(key));
    const most = mostWork(map, function* () {
      for (const key of keys) yield () => map.put(key, VALUE);
      for (const key of keys) yield () => map.get(key);
      for (const key of keys) yield () => map.delete(key);
    });
    expect(most.moved).toBeLessThanOrEqual(8);
    expect(most.scanned).toBeLessThanOrEqual(16);
    // What one hash does to lookups is seen here, and what a keyed hash does about it in the next test.
    expect(most.probes).toBeGreaterThan(1000);
  });

  it("is bounded for crafted keys as well where the hash is keyed", () => {
    const map = createMap(MapOptions.parse({ backend, hash: "keyed" }), 99);
    const keys = craftedKeys(1024).map((key) => Buffer.from(key));
    const most = mostWork(map, function* () {
      for (const key of keys) yield () => map.put(key, VALUE);
      for (const key of keys) yield () => map.get(key);
    });
    expect(most.probes).toBeLessThanOrEqual(64);
  });
});

describe("an adaptive map", () => {
  it("does not flap, whatever lists, probes and sizes do", () => {
    const options = MapOptions.parse({ maxAverageProbe: 1, incrementalBatch: 4, initialCapacity: 8192 });
    const map = createMap(options, 1);
    const switches: { readonly to: string; readonly size: number; readonly reason: string }[] = [];
    map.listen((event) => {
      if (event.type === "switch") switches.push({ to: event.to, size: map.size, reason: event.reason });
    });
    const crafted = craftedKeys(128).map((key) => Buffer.from(key));
    const plain = Array.from({ length: 20_000 }, (_, index) => Buffer.from(`K${index}`));
    const uniform = random(5);
    for (const key of plain.slice(0, 5000)) map.put(key, VALUE);
    for (let wave = 0; wave < 60; wave++) {
      const share = uniform();
      for (const key of crafted) if (uniform() < share) map.put(key, VALUE);
      for (const key of plain.slice(0, 500 / (1 + wave))) map.put(key, VALUE);
      for (const key of plain) if (uniform() < 0.5) map.delete(key);
    }
    map.settle();
    expect(switches.length).toBeGreaterThanOrEqual(2);
    expect(new Set(switches.map(({ reason }) => reason))).toEqual(new Set(["long-groups", "long-probes"]));
    // It comes back to a kind only with a quarter of the entries it had when it left it.
    for (let index = 1; index < switches.length; index++) {
      expect(switches[index]!.size * 4).toBeLessThanOrEqual(switches[index - 1]!.size);
    }
  });

  it("becomes Robin Hood as soon as its load asks for it, at the defaults", () => {
    const map = createMap(MapOptions.parse({}), 1);
    const events = eventsOf(map);
    for (let index = 0; index < 4000; index++) map.put(Buffer.from(`K${index}`), VALUE);
    expect(events[0]).toEqual({ type: "switch", from: "chaining", to: "robin-hood", reason: "load" });
    expect(map.table.kind).toBe("robin-hood");
  });
});

function eventsOf(map: HashMap): MapEvent[] {
  const events: MapEvent[] = [];
  map.listen((event) => void events.push(event));
  return events;
}

/** The most that any one of the operations counted. */
function mostWork(map: HashMap, operations: () => Iterable<() => unknown>): Counts {
  const most: Counts = { ...map.work };
  for (const operation of operations()) {
    const before = { ...map.work };
    operation();
    for (const name of Object.keys(most) as (keyof Counts)[]) {
      most[name] = Math.max(most[name], map.work[name] - before[name]);
    }
  }
  return most;
}
