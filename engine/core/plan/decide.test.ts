import { type Digest, digestJson } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { withAncestors } from "../graph/graph.ts";
import type { Instance } from "../graph/instance.ts";
import { Schedule } from "../schedule/schedule.ts";
import { committedAs } from "../testing/committed-as.ts";
import { graphOf } from "../testing/graph-of.ts";
import type { Candidate } from "./candidate.ts";
import { conclude, type DecisionScope, decide, gathered } from "./decide.ts";
import type { InstanceFacts } from "./instance-facts.ts";

const facts: InstanceFacts = {
  config: { value: {}, digest: digestJson({}) },
  sources: {},
  services: {},
  env: {},
  files: {},
  version: null,
};
const each = { each: ["a", "b"], key: "${item}" };

/** A pipeline of which every phase but `last` has ended as told; without a word: committed. */
function ended(
  phases: Readonly<Record<string, object>>,
  ends: Readonly<Record<string, "failed" | "pending" | readonly string[]>> = {},
) {
  const graph = graphOf(phases);
  const schedule = new Schedule(graph, withAncestors(graph, Object.keys(phases)), new Map());
  const last = new Map<string, Instance>();
  for (let next = schedule.next(); next !== undefined; next = schedule.next()) {
    const end = ends[next.id] ?? ["log"];
    if (next.phase === "last") last.set(next.id, next);
    else schedule.finished(next, typeof end === "string" ? { type: end } : committedAs(next.id, end));
  }
  const scope: DecisionScope = {
    graph,
    schedule,
    platform: digestJson("here"),
    previous: new Map(),
    forced: new Set(),
    reuse: "allowed",
  };
  return { scope, last };
}

function decideLast(
  phases: Readonly<Record<string, object>>,
  changed: Partial<DecisionScope> = {},
  ends: Parameters<typeof ended>[1] = {},
) {
  const { scope, last } = ended(phases, ends);
  return decide({ ...scope, ...changed }, last.get("last")!, facts);
}

const found = (fingerprint: Digest): Candidate => ({
  run: "earlier",
  phase: "last",
  key: null,
  committed: "2026-11-21T12:00:00.000Z",
  directory: "runs/earlier/phases/last",
  fingerprint,
  manifest: digestJson("manifest"),
  outputs: {},
});

describe("what is to be done with an instance", () => {
  it("is to look whether something has an equal fingerprint", () => {
    const decision = decideLast({ last: {} });
    expect(decision.type).toBe("look-up");
    if (decision.type !== "look-up") return;
    const { fingerprint } = decision;
    const candidate = found(fingerprint.digest);
    expect(conclude(decision, candidate)).toEqual({ type: "reuse", fingerprint, candidate });
    expect(conclude(decision, undefined)).toEqual({ type: "run", fingerprint, cause: "nothing-to-reuse" });
  });

  it.each<[cause: string, phase: object, changed: Partial<DecisionScope>]>([
    ["forced", {}, { forced: new Set(["last"]) }],
    ["cache-off", { cache: false }, {}],
    ["cache-off", {}, { reuse: "never" }],
    ["external-effects", { step: "made-up/load" }, {}],
    ["external-reads", { step: "made-up/fetch" }, {}],
  ])("is to run whatever there is: %s %j", (cause, phase, changed) => {
    const decision = decideLast({ last: phase }, changed);
    expect(decision).toMatchObject({ type: "run", cause });
    expect(partsOf(decision).config).toBe(facts.config.digest);
  });

  it("is to look for what reads the outside world where that can tell its version, and else to run", () => {
    const { scope, last } = ended({ last: { step: "made-up/table" } });
    const decideAt = (version: string | null) => decide(scope, last.get("last")!, { ...facts, version });
    expect(decideAt("7").type).toBe("look-up");
    expect(decideAt(null)).toMatchObject({ type: "run", cause: "external-reads" });
    // A run that is resumed compares it with what was committed, which has changed in nothing that anybody knows of.
    expect(partsOf(decideAt(null)).version).toBeUndefined();
  });

  it.each<[ends: Parameters<typeof ended>[1], upstream: readonly string[]]>([
    [{ b: "pending", "c[a]": "pending" }, ["b", "c[*]"]],
    [{ b: "pending" }, ["b"]],
    [{ "c[a]": "pending" }, ["c[*]"]],
  ])("can't be known while inputs have yet to be made: %j", (ends, upstream) => {
    const phases = { a: {}, b: {}, c: each, last: { inputs: { x: "a.log", y: "b.log", z: "c[*].log" } } };
    expect(decideLast(phases, {}, ends)).toEqual({ type: "pending", upstream });
  });
});

describe("the fingerprint that is decided on", () => {
  const parts = (...given: Parameters<typeof decideLast>) => partsOf(decideLast(...given));

  it("takes inputs from where they are wired to", () => {
    const phases = { a: {}, c: each, last: { inputs: { x: "a.log", z: "c[*].log" } } };
    const both = [
      ["a", digestJson("c[a].log")],
      ["b", digestJson("c[b].log")],
    ];
    expect(parts(phases)["inputs.x"]).toBe(digestJson("a.log"));
    expect(parts(phases)["inputs.z"]).toBe(digestJson(both));
  });

  it("has null for an optional output that was not made, and for a previous one that is not there yet", () => {
    const last = { step: "made-up/train", inputs: { images: { path: "./x" }, base: { previous: "last.model" } } };
    const { scope, last: instances } = ended({ last });
    const known = { ...facts, sources: { images: { path: "./x", digest: digestJson("folder") } } };
    const before = decide(scope, instances.get("last")!, known);
    const pinned = { run: "r", path: "p", digest: digestJson("model"), manifest: digestJson("m") };
    const after = decide({ ...scope, previous: new Map([["last.model", pinned]]) }, instances.get("last")!, known);
    expect(partsOf(before)["inputs.base"]).toBe(digestJson(null));
    expect(partsOf(before)["inputs.images"]).toBe(digestJson("folder"));
    expect(partsOf(after)["inputs.base"]).toBe(digestJson("model"));
    expect(parts({ a: {}, last: { inputs: { x: "a.log" } } }, {}, { a: [] })["inputs.x"]).toBe(digestJson(null));
  });

  it("has the item and never the key", () => {
    const { scope, last } = ended({ last: { each: [{ n: 1 }], key: "one" } });
    const renamed = ended({ last: { each: [{ n: 1 }], key: "two" } });
    const decision = decide(scope, last.get("last[one]")!, facts);
    expect(partsOf(decision).item).toBe(digestJson({ n: 1 }));
    expect(decide(renamed.scope, renamed.last.get("last[two]")!, facts)).toEqual(decision);
  });

  it("has a seed for each purpose that the step declares, told apart by seedKey, and never the phase's name", () => {
    const step = { step: "made-up/train", inputs: { images: "a.images" } };
    const images = { step: "made-up/images" };
    const plain = parts({ a: images, last: step });
    const renamed = ended({ b: images, last: { ...step, inputs: { images: "b.images" } } }, { b: ["images"] });
    expect(Object.keys(plain).filter((name) => name.startsWith("seeds."))).toEqual(["seeds.order", "seeds.weights"]);
    expect(plain["seeds.order"]).not.toBe(plain["seeds.weights"]);
    const keyed = parts({ a: images, last: { ...step, seedKey: "second" } });
    expect(keyed["seeds.order"]).not.toBe(plain["seeds.order"]);
    const after = decide(renamed.scope, renamed.last.get("last")!, facts);
    expect(partsOf(after)["seeds.order"]).toBe(plain["seeds.order"]);
  });

  it("has the pipeline's seed in those of its steps", () => {
    const { scope, last } = ended({ last: { step: "made-up/train", inputs: { images: { path: "./x" } } } });
    const known = { ...facts, sources: { images: { path: "./x", digest: digestJson("folder") } } };
    const seedsAt = (seed: number) => {
      const graph = { ...scope.graph, pipeline: { ...scope.graph.pipeline, seed } };
      const found = partsOf(decide({ ...scope, graph }, last.get("last")!, known));
      return [found["seeds.order"], found["seeds.weights"]];
    };
    expect(new Set([...seedsAt(1), ...seedsAt(2)]).size).toBe(4);
  });

  it("has seeds of each instance's own where seedKey speaks of the item", () => {
    const seedsOf = (seedKey?: string) => {
      const fan = { each: [{ seed: 1 }, { seed: 2 }], key: "s${item.seed}", seedKey };
      const trained = { step: "made-up/train", inputs: { images: "a.images" }, ...fan };
      const { scope, last } = ended({ a: { step: "made-up/images" }, last: trained }, { a: ["images"] });
      return ["last[s1]", "last[s2]"].map((id) => partsOf(decide(scope, last.get(id)!, facts))["seeds.order"]);
    };
    const [first, second] = seedsOf("${item.seed}");
    expect(first).not.toBe(second);
    const [one, other] = seedsOf();
    expect(one).toBe(other);
  });

  it("has the outputs that the pipeline declares of an open step", () => {
    const one = parts({ last: { outputs: { x: "x" } } });
    const two = parts({ last: { outputs: { x: "y" } } });
    expect(one.outputs).not.toBe(two.outputs);
    expect(parts({ last: { step: "made-up/images" } }).outputs).toBeUndefined();
  });
});

function partsOf(decision: ReturnType<typeof decide>): Readonly<Record<string, Digest>> {
  if (decision.type === "pending") throw new Error("nothing is known yet");
  return decision.fingerprint.parts;
}

describe("what is gathered", () => {
  const phases = { c: { ...each, partial: true }, last: { inputs: { z: "c[*].log" } } };

  it.each<[name: string, ends: Parameters<typeof ended>[1], keys: readonly string[] | undefined]>([
    ["all, in the list's order", {}, ["a", "b"]],
    ["what succeeded, where some failed", { "c[a]": "failed" }, ["b"]],
    ["what has the output", { "c[b]": [] }, ["a"]],
    ["nothing yet, where some have yet to run", { "c[a]": "pending" }, undefined],
  ])("is %s", (_, ends, keys) => {
    const entries = keys?.map((key) => ({ id: `c[${key}]`, key, digest: digestJson(`c[${key}].log`) }));
    expect(gathered(ended(phases, ends).scope.schedule, "c", "log")).toEqual(entries);
  });

  it("is nothing from an empty list, and unknown while the list is", () => {
    const empty = ended({ c: { each: [] }, last: { inputs: { z: "c[*].log" } } });
    expect(gathered(empty.scope.schedule, "c", "log")).toEqual([]);
    const list = { outputs: { items: "items.json" } };
    const unknown = ended({ list, c: { each: "list.items" } }, { list: "pending" });
    expect(gathered(unknown.scope.schedule, "c", "log")).toBeUndefined();
  });
});
