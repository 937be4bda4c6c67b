import { expect, it } from "vitest";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { volume } from "../fixtures/gateway-rig.ts";
import { KindRegistry } from "./kind-registry.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const instance = { run: "r", pipeline: "p", phase: "load", key: null };
const step = { name: "a/b", plugin: "a", version: "1.0.0" };

/** A payload of each kind that comes with the gateway. */
const PAYLOADS: Readonly<Record<string, ReturnType<typeof volume>["payload"]>> = {
  run: { pipeline: "p", state: null, status: "started", profile: null, seed: 1, run_hash: null, git: null },
  phase: {
    ...instance,
    status: "committed",
    step,
    manifest: digest,
    fingerprint: digest,
    reused: null,
    started: "2026-11-21T12:00:00.000Z",
    inputs: { rows: [digest] },
    outputs: {},
    metrics: {},
    error: null,
  },
  artifact: { ...instance, output: "o", kind: "*", form: "file", size: 1, path: "phases/load/o", step, reused: null },
  lineage: { ...instance, input: "i", step, reused: "r0", from: { previous: "load.rows", run: "r0" } },
  catalog_snapshot: { schema_fields: [{ name: "id", data_type: "bigint", nullable: false, position: 1 }], vendor: "x" },
  catalog_diff: { added: ["a"], removed: [], changed: [{ column: "b", kind: "narrowed" }] },
  statistics_snapshot: { row_count: 3, columns: { id: { null_count: 0 } } },
  schema_profile: { anything: true },
  ingestion_volume: { rows: 0 },
  ingestion_runtime: { status: "failed", duration_seconds: 0.25, error: "e".repeat(512) },
  recon_result: { check: "row count", status: "skipped" },
  metadata: {},
};

it("every kind that comes with the gateway is kept, and found by its own name only", async () => {
  await using rig = await embeddedRig();
  const names = new KindRegistry().names();
  expect(names).toEqual(Object.keys(PAYLOADS));
  await rig.gateway.emitMany(names.map((kind, index) => volume(index, { kind, payload: PAYLOADS[kind] ?? {} })));
  for (const kind of names) expect((await rig.gateway.latest("shop/orders", kind))?.payload).toEqual(PAYLOADS[kind]);
});

it.each([
  ["run", { status: "began" }],
  ["phase", { more: 1 }],
  ["catalog_snapshot", { schema_fields: [{ name: "id" }] }],
  ["ingestion_runtime", { error: "e".repeat(513) }],
  ["recon_result", { status: "passed" }],
])("a payload that %s does not allow is refused: %j", async (kind, fault) => {
  await using rig = await embeddedRig();
  const payload = { ...PAYLOADS[kind], ...fault };
  await expect(rig.gateway.emit(volume(1, { kind, payload }))).rejects.toMatchObject({
    code: "metadata-record-invalid",
  });
});
