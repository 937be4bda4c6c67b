import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import compact from "./compact.ts";
import inspect from "./inspect.ts";
import { createMap } from "./map/create-map.ts";
import { MapOptions } from "./map/map-options.ts";
import probe from "./probe.ts";
import repair from "./repair.ts";
import { decodeSnapshot } from "./snapshot/decode-snapshot.ts";
import { encodeSnapshot } from "./snapshot/encode-snapshot.ts";
import { mapPayload } from "./snapshot/map-payload.ts";
import type { SnapshotPayload } from "./snapshot/snapshot-payload.ts";
import verify from "./verify.ts";

const options = MapOptions.parse({ backend: "robin-hood" });

function payloadOf(entries: Readonly<Record<string, string>>): SnapshotPayload {
  const map = createMap(options, 1);
  for (const [key, value] of Object.entries(entries)) map.put(Buffer.from(key), Buffer.from(value));
  return mapPayload(map, options);
}

const sound = encodeSnapshot(payloadOf({ sea: "blue", harbour: "grey" }), "none");
/** A digest that agrees, and a key that stands there twice. */
const unsound = encodeSnapshot(withTwin(payloadOf({ aa: "1", bb: "2", cc: "3" })), "gzip");

function withTwin(payload: SnapshotPayload): SnapshotPayload {
  const keys = Buffer.from(payload.keys);
  keys.copy(keys, 4, 0, 2);
  return { ...payload, keys };
}

describe("hashmap/inspect", () => {
  it("tells header, entries, and keys that are asked for", async () => {
    using result = await runStep(inspect, {
      config: { limit: 1, keys: ["sea", "land"] },
      inputs: { snapshot: { bytes: sound } },
    });
    expect(result.error).toBeUndefined();
    const told = result.outputs.inspection.json() as { first: unknown[] };
    expect(told).toMatchObject({
      version: 2,
      compression: "none",
      table: "robin-hood",
      entries: 2,
      faults: [],
      found: { sea: "blue", land: null },
    });
    expect(told.first).toHaveLength(1);
  });

  it("tells the faults of an unsound one", async () => {
    using result = await runStep(inspect, { inputs: { snapshot: { bytes: unsound } } });
    expect(result.outputs.inspection.json()).toMatchObject({ faults: ["keys that come again further back: 1"] });
  });
});

describe("hashmap/verify", () => {
  it("passes a sound snapshot", async () => {
    using result = await runStep(verify, { inputs: { snapshot: { bytes: sound } } });
    expect(result.outputs.verification.json()).toEqual({ schema: "hashmap.verification/1", entries: 2 });
  });

  it("refuses an unsound one, and says who can help", async () => {
    using result = await runStep(verify, { inputs: { snapshot: { bytes: unsound } } });
    expect(result.error).toBeInstanceOf(StepError);
    expect(result.error).toMatchObject({
      code: "snapshot-unsound",
      category: "invariant",
      detail: "The snapshot is not sound: keys that come again further back: 1.",
      hint: "hashmap/repair keeps what can be kept.",
    });
  });

  it("refuses one that was changed", async () => {
    const changed = Uint8Array.from(sound);
    changed[changed.length - 1]! ^= 1;
    using result = await runStep(verify, { inputs: { snapshot: { bytes: changed } } });
    expect(result.error).toMatchObject({
      code: "snapshot-damaged",
      category: "invariant",
      detail: "The snapshot does not have the digest it says.",
      hint: "Take an older snapshot, or replay the workload again.",
    });
  });
});

describe("hashmap/repair", () => {
  it("keeps what can be kept, and says what it left out", async () => {
    using result = await runStep(repair, { inputs: { snapshot: { bytes: unsound } } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.repair.json()).toMatchObject({ kept: 2, duplicates: 1, lost: 0 });
    using verified = await runStep(verify, { inputs: { snapshot: { path: result.outputs.snapshot.path } } });
    expect(verified.error).toBeUndefined();
  });

  it("counts entries whose bytes are gone", async () => {
    const payload = payloadOf({ aa: "1", bb: "2", cc: "3" });
    const short = encodeSnapshot({ ...payload, keys: payload.keys.subarray(0, 4) }, "none");
    using result = await runStep(repair, { inputs: { snapshot: { bytes: short } } });
    expect(result.outputs.repair.json()).toMatchObject({
      kept: 2,
      lost: 1,
      faults: ["keys have 4 bytes, and lengths that add up to 6"],
    });
  });
});

describe("an entry that no map holds", () => {
  const payload = payloadOf({ aa: "1", bb: "2" });
  const long = new Uint8Array(20_000);
  const [keyLengths, valueLengths] = [Buffer.alloc(6), Buffer.alloc(12)];
  keyLengths.set(payload.keyLengths);
  keyLengths.writeUInt16LE(long.length, 4);
  valueLengths.set(payload.valueLengths);
  const keys = Buffer.concat([payload.keys, long]);
  const bytes = encodeSnapshot({ ...payload, count: 3, keyLengths, valueLengths, keys }, "none");

  it("is found by verify, and left out by repair", async () => {
    using verified = await runStep(verify, { inputs: { snapshot: { bytes } } });
    expect(verified.error).toMatchObject({
      code: "snapshot-unsound",
      detail: "The snapshot is not sound: keys or values longer than a map holds: 1.",
    });
    using repaired = await runStep(repair, { inputs: { snapshot: { bytes } } });
    expect(repaired.outputs.repair.json()).toMatchObject({
      kept: 2,
      lost: 1,
      faults: ["keys or values longer than a map holds: 1"],
    });
  });
});

describe("hashmap/compact", () => {
  it("packs the same entries", async () => {
    using result = await runStep(compact, { config: { compression: "gzip" }, inputs: { snapshot: { bytes: sound } } });
    const { header, payload } = decodeSnapshot(result.outputs.snapshot.bytes(), 2 ** 20);
    expect(header.compression).toBe("gzip");
    expect(payload.count).toBe(2);
  });
});

describe("hashmap/probe", () => {
  const entries = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`K${index}`, "v"]));

  it.each(["chaining", "robin-hood"] as const)("shows the path of keys through a table, %s", async (backend) => {
    const map = createMap(MapOptions.parse({ backend }), 1);
    for (const key of Object.keys(entries)) map.put(Buffer.from(key), Buffer.from("v"));
    const snapshot = { bytes: encodeSnapshot(mapPayload(map, MapOptions.parse({ backend })), "none") };
    const keys = [...Object.keys(entries), "absent", "gone"];
    using result = await runStep(probe, { config: { keys, operation: "put" }, inputs: { snapshot } });
    expect(result.error).toBeUndefined();
    const { traces } = result.outputs.probes.json() as { traces: Trace[] };
    for (const { key, found, terminal, effect, path } of traces) {
      expect({ key, found, effect }).toEqual({
        key,
        found: key in entries,
        effect: key in entries ? "replace" : "insert",
      });
      expect(terminal === "match").toBe(found);
      expect(path.map(({ step }) => step)).toEqual(path.map((_, at) => at));
      if (found) expect(path.at(-1)).toMatchObject({ key, matches: true, probe_distance: path.length - 1 });
    }
    expect(traces.some(({ path }) => path.length > 1)).toBe(true);
  });

  it("puts no key that no map holds", async () => {
    const keys = ["é".repeat(8192)];
    const inputs = { snapshot: { bytes: sound } };
    using put = await runStep(probe, { config: { keys, operation: "put" }, inputs });
    expect(put.error).toMatchObject({
      code: "map-key-too-long",
      detail: "A key has 16384 bytes; the map holds keys of at most 16383.",
    });
    using got = await runStep(probe, { config: { keys }, inputs });
    expect(got.outputs.probes.json()).toMatchObject({ traces: [{ found: false, effect: "none" }] });
  });
});

interface Trace {
  readonly key: string;
  readonly found: boolean;
  readonly terminal: string;
  readonly effect: string;
  readonly path: readonly { readonly step: number }[];
}
