import { digestJson } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import type { Json } from "../pipeline/pipeline.ts";
import { graphOf } from "../testing/graph-of.ts";
import { issuesOf } from "../testing/issues-of.ts";
import { expandPhase } from "./expand-phase.ts";

function expand(
  phase: { readonly each?: unknown; readonly key?: string; readonly [field: string]: unknown },
  items?: readonly Json[],
) {
  const graph = graphOf({
    list: { outputs: { items: "items.json" } },
    before: {},
    same: { each: phase.each ?? [], key: phase.key },
    a: phase,
  });
  return expandPhase(graph, graph.phases.get("a")!, items);
}

describe("a phase without a fan-out", () => {
  it("is one instance", () => {
    expect(expand({ with: { n: 1 }, inputs: { x: "before.log", y: { path: "./y" } } })).toEqual([
      {
        id: "a",
        phase: "a",
        key: null,
        item: undefined,
        config: { n: 1 },
        inputs: { x: { from: "instance", id: "before", output: "log" }, y: { from: "path", path: "./y" } },
      },
    ]);
  });

  it("may write ${item} as text", () => {
    const [instance] = expand({ with: { text: "a $${item.b} $${inputs.c}" }, inputs: { y: { path: "./$${item}" } } });
    expect(instance!.config).toEqual({ text: "a ${item.b} $${inputs.c}" });
    expect(instance!.inputs.y).toEqual({ from: "path", path: "./${item}" });
  });

  it("has no item to speak of behind one that is text", () => {
    expect(issuesOf(() => expand({ with: { a: "$${item} ${item}" } }))).toEqual([
      "pipeline phases.a.with: speaks of ${item}, but the phase has no `each`.",
      "Add `each`, or write $${item} for the text itself.",
    ]);
  });

  it("has no item to speak of", () => {
    expect(issuesOf(() => expand({ with: { a: ["${item.b}"] }, inputs: { y: { path: "./${item}" } } }))).toEqual([
      "pipeline phases.a.with: speaks of ${item}, but the phase has no `each`.",
      "pipeline phases.a.inputs.y.path: speaks of ${item}, but the phase has no `each`.",
      "Add `each`, or write $${item} for the text itself.",
    ]);
  });
});

describe("the key of seeds", () => {
  it("has the item in it, and is text", () => {
    const instances = expand({ each: { lr: [0.1], seed: [1, 2] }, seedKey: "${item.seed}" });
    expect(instances.map(({ seedKey }) => seedKey)).toEqual(["1", "2"]);
    expect(expand({ seedKey: "second" })[0]!.seedKey).toBe("second");
  });

  it("has no item to speak of without a fan-out, and no field that an item lacks", () => {
    expect(issuesOf(() => expand({ seedKey: "${item.seed}" }))).toEqual([
      "pipeline phases.a.seedKey: speaks of ${item}, but the phase has no `each`.",
      "Add `each`, or write $${item} for the text itself.",
    ]);
    expect(issuesOf(() => expand({ each: { lr: [0.1] }, seedKey: "${item.seed}" }))[0]).toBe(
      'pipeline phases.a: the item {"lr":0.1} has no field "seed".',
    );
  });
});

describe("a fanned-out phase", () => {
  it("is an instance for each item, with the item in its config and paths", () => {
    const instances = expand({
      each: { lr: [0.1], size: ["s", "m"] },
      key: "${item.size}-${item.lr}",
      with: { lr: "${item.lr}", all: "${item}", text: "lr=${item.lr}", same: ["${item.size}"], price: "$${item.lr}" },
      inputs: { x: "before.log", y: { path: "./${item.size}/${item.lr}" }, z: "same.log", all: "same[*].log" },
    });
    expect(instances.map(({ id }) => id)).toEqual(["a[s-0.1]", "a[m-0.1]"]);
    expect(instances[1]).toEqual({
      id: "a[m-0.1]",
      phase: "a",
      key: "m-0.1",
      item: { lr: 0.1, size: "m" },
      config: { lr: 0.1, all: { lr: 0.1, size: "m" }, text: "lr=0.1", same: ["m"], price: "${item.lr}" },
      inputs: {
        x: { from: "instance", id: "before", output: "log" },
        y: { from: "path", path: "./m/0.1" },
        z: { from: "instance", id: "same[m-0.1]", output: "log" },
        all: { from: "gather", phase: "same", output: "log" },
      },
    });
  });

  it("puts the item as data into fields that hold templates, and as it is into others", () => {
    const [instance] = expand({
      step: "made-up/program",
      each: ["a$"],
      with: { argv: ["${item}{x}", "${inputs.y}"], note: "${item}{x}" },
      inputs: { y: { path: "./y" } },
    });
    expect(instance!.config).toEqual({ argv: ["a${$}{x}", "${inputs.y}"], note: "a${x}" });
  });

  it("keeps what is no text as it is", () => {
    const config = { none: null, list: [null, 2, true], map: { below: null } };
    const [instance] = expand({ each: [{ x: null }], with: { ...config, x: "${item.x}" } });
    expect(instance!.config).toEqual({ ...config, x: null });
  });

  it("is called by the item's digest where it has no key", () => {
    const [instance] = expand({ each: [{ b: 1, a: 2 }] });
    expect(instance!.key).toBe(digestJson({ a: 2, b: 1 }).slice("sha256:".length).slice(0, 12));
  });

  it("takes the list that an earlier phase wrote", () => {
    expect(expand({ each: "list.items", key: "${item}" }, ["x", 2, true, null]).map(({ key }) => key)).toEqual([
      "x",
      "2",
      "true",
      "null",
    ]);
    expect(expand({ each: "list.items" }, [])).toEqual([]);
  });

  it.each<[name: string, phase: Parameters<typeof expand>[0], told: readonly string[]]>([
    [
      "two equal items",
      { each: ["x", "y", "x"], key: "${item}" },
      ['pipeline phases.a.key: items 0 and 2 have the same key "x".', "Make the key tell them apart, or remove one."],
    ],
    [
      "two equal items without a key",
      { each: [1, 1] },
      [
        `pipeline phases.a.each: items 0 and 1 have the same key "${digestJson(1).slice(7, 19)}".`,
        "Make the key tell them apart, or remove one.",
      ],
    ],
    [
      "a key with a slash",
      { each: ["../x"], key: "${item}" },
      [
        'pipeline phases.a.key: item 0 gives the key "../x", which can\'t name its directory.',
        "Use letters, digits and . _ = + - only, at most 100.",
      ],
    ],
    [
      "a key that the run directory uses itself",
      { each: ["artifacts"], key: "${item}" },
      [
        'pipeline phases.a.key: item 0 gives the key "artifacts", which can\'t name its directory.',
        "Use letters, digits and . _ = + - only, at most 100.",
      ],
    ],
    [
      "a key of a field that is not there",
      { each: [{ lr: 1 }], key: "${item.rate}" },
      ['pipeline phases.a.key: the item {"lr":1} has no field "rate".', "Name a field that every item has."],
    ],
    [
      "a config of a field that is not there",
      { each: [{ lr: 1 }], with: { x: "${item.lr.y}" } },
      ['pipeline phases.a: the item {"lr":1} has no field "y".', "Mend the template or the list."],
    ],
    [
      "a field of an item that is text",
      { each: ["wide"], with: { x: "${item.length}" } },
      ['pipeline phases.a: the item "wide" has no field "length".', "Mend the template or the list."],
    ],
    [
      "a field of an item that is null",
      { each: [null], with: { x: "${item.lr}" } },
      ['pipeline phases.a: the item null has no field "lr".', "Mend the template or the list."],
    ],
    [
      "a field that every object has",
      { each: [{ lr: 1 }], with: { x: "${item.constructor}" } },
      ['pipeline phases.a: the item {"lr":1} has no field "constructor".', "Mend the template or the list."],
    ],
  ])("is refused with %s", (_, phase, told) => {
    expect(issuesOf(() => expand(phase))).toEqual(told);
  });
});
