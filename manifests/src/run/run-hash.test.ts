import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { type HashedPhase, runHash } from "./run-hash.ts";

const a = digestBytes("a");
const b = digestBytes("b");
const train: HashedPhase = { phase: "train", key: null, fingerprint: a, outputs: { model: a, log: b } };
const sweep: HashedPhase = { phase: "sweep", key: "0.1", fingerprint: b, outputs: { metrics: a } };

describe("runHash", () => {
  it("digests the documented text", () => {
    const text =
      `[{"fingerprint":"${b}","key":"0.1","outputs":{"metrics":"${a}"},"phase":"sweep"},` +
      `{"fingerprint":"${a}","key":null,"outputs":{"log":"${b}","model":"${a}"},"phase":"train"}]`;
    expect(runHash([train, sweep])).toBe(digestBytes(text));
  });

  it("does not depend on the order of phases and outputs, or on anything else they carry", () => {
    const turned = { outputs: { log: b, model: a }, fingerprint: a, key: null, phase: "train", manifest: b };
    expect(runHash([sweep, turned])).toBe(runHash([train, sweep]));
  });

  it.each<[string, HashedPhase]>([
    ["name", { ...train, phase: "train2" }],
    ["key", { ...train, key: "1" }],
    ["fingerprint", { ...train, fingerprint: b }],
    ["output", { ...train, outputs: { model: b, log: b } }],
  ])("depends on each %s", (_name, changed) => {
    expect(runHash([changed, sweep])).not.toBe(runHash([train, sweep]));
  });
});
