import { describe, expect, it } from "vitest";
import { resolved } from "../testing/resolved.ts";
import { formatWiring } from "./parse-pipeline.ts";
import type { Phase } from "./pipeline.ts";

function phase(fields: object, above: object = {}): Phase {
  return resolved({ pipeline: "p", ...above, phases: { a: { step: "x", ...fields } } }).phases.get("a")!;
}

describe("a pipeline with nothing said", () => {
  it("has every default", () => {
    const pipeline = resolved({ pipeline: "p", phases: { a: { step: "x" } } });
    expect({ ...pipeline, phases: undefined }).toEqual({
      name: "p",
      seed: 0,
      services: {},
      state: null,
      options: { durability: "strict", reuse: "link", verify: "none", concurrency: null },
      followers: [],
      phases: undefined,
    });
    expect(pipeline.phases.get("a")).toEqual({
      name: "a",
      step: "x",
      with: {},
      inputs: {},
      outputs: {},
      each: null,
      key: null,
      after: [],
      enabled: true,
      partial: false,
      retry: { attempts: 1, delayMs: 1_000, maxDelayMs: 60_000 },
      timeoutMs: null,
      resources: {},
      services: {},
      env: [],
      secrets: [],
      cache: true,
      publish: null,
      seedKey: null,
      code: [],
    });
  });

  it("keeps all that is said", () => {
    const said = { state: "s", durability: "relaxed", reuse: "copy", verify: "digest", concurrency: 3, seed: 5 };
    const pipeline = resolved({ pipeline: "p", description: "d", ...said, phases: { a: { step: "x" } } });
    const { seed, state, ...options } = said;
    expect(pipeline).toMatchObject({ seed, state, options });
    const written = {
      with: { n: 1 },
      key: "${item.n}",
      after: ["b"],
      enabled: false,
      partial: true,
      resources: { cpu: 2, memory: 100, gpu: 1 },
      env: ["LANG"],
      secrets: ["KEY"],
      cache: false,
      publish: { to: "./out", output: "log" },
      seedKey: "second",
      code: ["lib/net.py"],
    };
    expect(phase({ ...written, each: [{ n: 1 }] })).toMatchObject(written);
  });

  it("gives followers and services that say nothing no options, and leaves out followers that are switched off", () => {
    const follow = { metadata: {}, ledger: { with: { file: "x" }, secrets: ["KEY"] }, off: { enabled: false } };
    const services = { "x/a": "one", "x/b": { use: "two" }, "x/c": { use: "three", with: { p: 1 } } };
    const { followers, ...pipeline } = resolved({ pipeline: "p", follow, services, phases: { a: { step: "x" } } });
    expect(followers).toEqual([
      { name: "metadata", with: {}, secrets: [] },
      { name: "ledger", with: { file: "x" }, secrets: ["KEY"] },
    ]);
    expect(pipeline.services).toEqual({
      "x/a": { use: "one", with: {} },
      "x/b": { use: "two", with: {} },
      "x/c": { use: "three", with: { p: 1 } },
    });
  });

  it("keeps the order of its phases", () => {
    const phases = { z: { step: "x" }, a: { step: "x" }, m: { step: "x" } };
    expect([...resolved({ pipeline: "p", phases }).phases.keys()]).toEqual(["z", "a", "m"]);
  });
});

describe("the wiring of an input", () => {
  const forms: readonly [written: unknown, read: object, words: string][] = [
    ["b.out", { from: "phase", phase: "b", output: "out", gather: "one" }, "b.out"],
    ["b[*].out", { from: "phase", phase: "b", output: "out", gather: "all" }, "b[*].out"],
    ["my-phase_2.out_1", { from: "phase", phase: "my-phase_2", output: "out_1", gather: "one" }, "my-phase_2.out_1"],
    [{ path: "./data" }, { from: "path", path: "./data" }, "./data"],
    [{ previous: "b.out" }, { from: "previous", phase: "b", output: "out" }, "previous b.out"],
  ];

  it.each(forms)("%j", (written, read, words) => {
    const wiring = phase({ inputs: { in: written } }).inputs.in!;
    expect(wiring).toEqual(read);
    expect(formatWiring(wiring)).toBe(words);
  });
});

describe("an output that the pipeline declares", () => {
  it.each([
    ["counts.json", { path: "counts.json", kind: "*", form: "file" }],
    ["pages/", { path: "pages", kind: "*", form: "directory" }],
    [
      { path: "model.bin", kind: "model" },
      { path: "model.bin", kind: "model", form: "file" },
    ],
    [
      { path: "pages", form: "directory" },
      { path: "pages", kind: "*", form: "directory" },
    ],
  ])("%j", (written, read) => {
    expect(phase({ outputs: { out: written } }).outputs.out).toEqual(read);
  });
});

describe("a fan-out", () => {
  it.each([
    [[1, { a: 2 }], { over: "items", items: [1, { a: 2 }] }],
    [[], { over: "items", items: [] }],
    ["b.items", { over: "artifact", phase: "b", output: "items" }],
    [{ lr: [0.1] }, { over: "items", items: [{ lr: 0.1 }] }],
    [
      { lr: [0.1, 0.01], seed: [1, 2, 3] },
      {
        over: "items",
        items: [
          { lr: 0.1, seed: 1 },
          { lr: 0.1, seed: 2 },
          { lr: 0.1, seed: 3 },
          { lr: 0.01, seed: 1 },
          { lr: 0.01, seed: 2 },
          { lr: 0.01, seed: 3 },
        ],
      },
    ],
  ])("%j", (written, read) => {
    expect(phase({ each: written }).each).toEqual(read);
  });
});

describe("a duration", () => {
  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["596h", 2_145_600_000],
  ])("%s is %d ms", (written, ms) => {
    expect(phase({ timeout: written }).timeoutMs).toBe(ms);
    const { retry } = phase({ retry: { attempts: 3, delay: written, maxDelay: written } });
    expect(retry).toEqual({ attempts: 3, delayMs: ms, maxDelayMs: ms });
  });

  it("can be nothing between two attempts", () => {
    expect(phase({ retry: { attempts: 3, delay: "0s" } }).retry.delayMs).toBe(0);
  });
});

describe("the services", () => {
  it("of the pipeline are every phase's, under its own", () => {
    const shared = { services: { "a/b": "one", "c/d": { use: "two", with: { n: 1 } } } };
    expect(phase({ services: { "a/b": "three" } }, shared).services).toEqual({
      "a/b": { use: "three", with: {} },
      "c/d": { use: "two", with: { n: 1 } },
    });
  });
});
