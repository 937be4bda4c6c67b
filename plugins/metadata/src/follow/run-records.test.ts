import { describe, expect, it } from "vitest";
import { digestOf as digest, samplePhase as manifest } from "../fixtures/written-run.ts";
import { KindRegistry } from "../kinds/kind-registry.ts";
import { admitRecords } from "../record/admit-records.ts";
import { committedPhase, emittedRecords } from "./run-records.ts";

describe("a committed phase", () => {
  const records = committedPhase({ manifest, digest: digest("d") });

  it("is told by itself, by what it made and by what it used, wherever that came from", () => {
    expect(records.map(({ kind, key, subject }) => [kind, key, subject])).toEqual([
      ["phase", "r2/load/orders:committed", "r2/load/orders"],
      ["artifact", "r2/load/orders:made:table", digest("a")],
      ["lineage", "r2/load/orders:used:0", digest("1")],
      ["lineage", "r2/load/orders:used:1", digest("3")],
      ["lineage", "r2/load/orders:used:2", digest("4")],
      ["lineage", "r2/load/orders:used:3", digest("6")],
      ["lineage", "r2/load/orders:used:4", digest("8")],
    ]);
    expect(records.slice(2).map(({ payload }) => payload.from)).toEqual([
      { phase: "source", key: "orders", output: "rows" },
      { path: "notes.txt" },
      { previous: "load.state", run: "r1" },
      { phase: "part", key: "x", output: "p" },
      { phase: "part", key: "y", output: "p" },
    ]);
    expect(records[0]?.payload).toMatchObject({
      manifest: digest("d"),
      inputs: { rows: [digest("1")], notes: [digest("3")], state: [digest("4")], parts: [digest("6"), digest("8")] },
      outputs: { table: digest("a") },
    });
    expect(records[1]?.payload.path).toBe("phases/load/orders/artifacts/table.csv");
  });

  it("is what the gateway's own schemas allow", () => {
    expect(admitRecords(records, new KindRegistry(), 0).rows.length).toBe(records.length);
  });
});

describe("what a step emitted", () => {
  const emitted = [
    { kind: "metadata", subject: "a", payload: { n: 1 } },
    { kind: "metadata", subject: "a", payload: { n: 2 }, key: "mine" },
  ];

  it("has the time of the attempt that computed it, and a key of its own unless the step gave one", () => {
    const records = emittedRecords(manifest, emitted, 7);
    expect(records).toMatchObject([
      { key: `2026-11-21T12:00:00.000Z:${digest("f")}:7`, time: manifest.started, producer: "r2/load/orders" },
      { key: "mine", time: manifest.started, payload: { n: 2 } },
    ]);
  });

  it("has the same keys where the phase was reused, however often", () => {
    const reused = { run: "r2", phase: "load", key: "orders", manifest: digest("d") };
    const again = { ...manifest, run: "r3", reused, finished: "2026-12-01T00:00:00.000Z" };
    const keysOf = (records: readonly { readonly key: string }[]) => records.map(({ key }) => key);
    expect(keysOf(emittedRecords(again, emitted, 0))).toEqual(keysOf(emittedRecords(manifest, emitted, 0)));
  });
});
