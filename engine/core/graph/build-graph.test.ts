import { describe, expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { issuesOf } from "../testing/issues-of.ts";

const images = { step: "made-up/images" };
const train = { step: "made-up/train", inputs: { images: "images.images" } };
const fanned = { ...train, each: [1, 2] };

const refused: readonly [name: string, phases: Readonly<Record<string, object>>, told: readonly string[]][] = [
  [
    "an unknown phase",
    { images, train: { step: "made-up/train", inputs: { images: "imags.images" } } },
    ['pipeline phases.train.inputs.images: there is no phase "imags".', 'Did you mean "images"?'],
  ],
  [
    "an unknown output",
    { images, train: { step: "made-up/train", inputs: { images: "images.image" } } },
    ['pipeline phases.train.inputs.images: the phase "images" has no output "image".', 'Did you mean "images"?'],
  ],
  [
    "an output called like a property of every object",
    { images, train: { step: "made-up/train", inputs: { images: "images.toString" } } },
    [
      'pipeline phases.train.inputs.images: the phase "images" has no output "toString".',
      'There are "images", "list", "rows", "notes".',
    ],
  ],
  [
    "an unknown input",
    { images, train: { step: "made-up/train", inputs: { images: "images.images", bse: "images.notes" } } },
    ['pipeline phases.train.inputs.bse: the step made-up/train has no input "bse".', 'Did you mean "base"?'],
  ],
  [
    "an input called like a property of every object",
    { images, train: { step: "made-up/train", inputs: { images: "images.images", constructor: "images.notes" } } },
    [
      'pipeline phases.train.inputs.constructor: the step made-up/train has no input "constructor".',
      'There are "images", "base".',
    ],
  ],
  [
    "a required input that is not wired",
    { train: { step: "made-up/train" } },
    ['pipeline phases.train: the input "images" (images) is not wired.', "Add inputs: { images: phase.output }."],
  ],
  [
    "a kind that does not fit",
    { images, train: { ...train, inputs: { ...train.inputs, base: "images.notes" } } },
    [
      "pipeline phases.train.inputs.base: images.notes is text/plain, but made-up/train wants model here.",
      "Wire it to an output of that kind.",
    ],
  ],
  [
    "an output without a kind",
    {
      any: { outputs: { out: "model.bin" } },
      images,
      train: { ...train, inputs: { ...train.inputs, base: "any.out" } },
    },
    [
      "pipeline phases.train.inputs.base: any.out has no declared kind, but made-up/train wants model here.",
      "Declare its kind: outputs: { out: { path: model.bin, kind: … } }.",
    ],
  ],
  [
    "a file for a directory",
    {
      any: { outputs: { out: { path: "x", kind: "images" } } },
      train: { step: "made-up/train", inputs: { images: "any.out" } },
    },
    [
      "pipeline phases.train.inputs.images: any.out is a file, but made-up/train wants images here.",
      "Wire it to an output of that kind.",
    ],
  ],
  [
    "JSON lines for a document",
    { images, document: { step: "made-up/document", inputs: { document: "images.rows" } } },
    [
      "pipeline phases.document.inputs.document: images.rows is a list of JSON lines, but made-up/document wants * here.",
      "Wire it to an output of that kind.",
    ],
  ],
  [
    "a document for JSON lines",
    { images, lines: { step: "made-up/lines", inputs: { lines: "images.list" } } },
    [
      "pipeline phases.lines.inputs.lines: images.list is one JSON document, but made-up/lines wants * here.",
      "Wire it to an output of that kind.",
    ],
  ],
  [
    "a required input wired to a phase that is not enabled",
    { images: { ...images, enabled: false }, train },
    [
      "pipeline phases.train.inputs.images: is wired to images.images, which is not enabled.",
      "Enable that phase, or wire the input to another one.",
    ],
  ],
  [
    "a previous artifact for a required input",
    { images, train: { step: "made-up/train", inputs: { images: { previous: "images.images" } } } },
    [
      "pipeline phases.train.inputs.images: a previous artifact is absent the first time, so the input must be optional.",
      "Wire it to a phase of this run.",
    ],
  ],
  [
    "a previous artifact for an input that only the pipeline knows",
    { any: { inputs: { x: { previous: "any.log" } } } },
    [
      "pipeline phases.any.inputs.x: a previous artifact is absent the first time, so the input must be optional.",
      "Declare it in a step of your own.",
    ],
  ],
  [
    "a previous artifact of a fanned-out phase",
    { images, many: fanned, train: { ...train, inputs: { ...train.inputs, base: { previous: "many.model" } } } },
    [
      'pipeline phases.train.inputs.base: "many" is fanned out, so it has no one previous artifact.',
      "Keep the state in a phase with one instance.",
    ],
  ],
  [
    "a previous artifact of a phase that is not enabled",
    {
      images,
      old: { ...train, enabled: false },
      train: { ...train, inputs: { ...train.inputs, base: { previous: "old.model" } } },
    },
    ['pipeline phases.train.inputs.base: "old" is not enabled.', "Enable that phase."],
  ],
  [
    "a phase after one that there is not",
    { images: { ...images, after: ["train", "clean"] }, train: { step: "made-up/any" } },
    ['pipeline phases.images.after[1]: there is no phase "clean".', 'There are "images", "train".'],
  ],
  [
    "a cycle",
    { start: {}, a: { inputs: { x: "c.log" } }, b: { inputs: { x: "a.log", y: "start.log" } }, c: { after: ["b"] } },
    ["pipeline phases.a: phases depend on each other: a → c → b → a.", "Break the cycle."],
  ],
  [
    "a phase that waits for itself",
    { a: { after: ["a"] } },
    ["pipeline phases.a: phases depend on each other: a → a.", "Break the cycle."],
  ],
  [
    "outputs for a step that names its own",
    { images: { ...images, outputs: { more: "more.txt" } } },
    ["pipeline phases.images.outputs.more: the step made-up/images names its outputs itself.", "Remove `outputs`."],
  ],
  [
    "an output that the step has already",
    { any: { outputs: { log: "mine.txt" } } },
    ['pipeline phases.any.outputs.log: the step made-up/any has an output "log" of its own.', "Choose another name."],
  ],
  [
    "two outputs at one place",
    { any: { outputs: { a: "x/y", b: "x/y" } } },
    ['pipeline phases.any.outputs.b: lies at "x/y", where "a" lies.', "Give each output a place of its own."],
  ],
  [
    "an output inside another",
    { any: { outputs: { a: "x/", b: "x/y", c: "xx" } } },
    ['pipeline phases.any.outputs.b: lies at "x/y", where "a" lies.', "Give each output a place of its own."],
  ],
  [
    "an output around one of the step's",
    { any: { outputs: { all: "logs/" } } },
    ['pipeline phases.any.outputs.all: lies at "logs", where "log" lies.', "Give each output a place of its own."],
  ],
  [
    "phases of which none is enabled",
    { images: { ...images, enabled: false } },
    ["pipeline phases: no phase is enabled.", "Enable one."],
  ],
  [
    "publishing what there is not",
    { images: { ...images, publish: { to: "./out", output: "image" } } },
    ['pipeline phases.images.publish.output: made-up/images has no output "image".', 'Did you mean "images"?'],
  ],
  [
    "publishing all instances",
    { images, train: { ...fanned, publish: { to: "./out", output: "model" } } },
    ["pipeline phases.train.publish: a fanned-out phase can't be published.", "Gather it first."],
  ],
  [
    "gathering one",
    { images, train, best: { step: "made-up/best", inputs: { models: "train[*].model" } } },
    [
      'pipeline phases.best.inputs.models: "train" is not fanned out, so there is nothing to gather.',
      "Write train.model.",
    ],
  ],
  [
    "gathering where one is wanted",
    { images, many: fanned, train: { ...train, inputs: { ...train.inputs, base: "many[*].model" } } },
    [
      "pipeline phases.train.inputs.base: the step made-up/train takes one artifact here, not all instances.",
      "Give this phase the same `each`, or gather in another phase.",
    ],
  ],
  [
    "one where all are wanted",
    { images, train: fanned, best: { step: "made-up/best", inputs: { models: "train.model" } } },
    ["pipeline phases.best.inputs.models: this input gathers all instances of a phase.", "Write train[*].model."],
  ],
  [
    "a path where all instances are wanted",
    { best: { step: "made-up/best", inputs: { models: { path: "model" } } } },
    [
      "pipeline phases.best.inputs.models: this input gathers all instances of a phase, and a path is one.",
      "Wire it to a phase that is fanned out, as files[*].text.",
    ],
  ],
  [
    "a fanned-out phase for one artifact",
    { images, many: fanned, train: { ...train, inputs: { ...train.inputs, base: "many.model" } } },
    [
      'pipeline phases.train.inputs.base: "many" is fanned out.',
      "Write many[*].model to gather, or give this phase the same `each`.",
    ],
  ],
  [
    "a fan-out over another list",
    { images, many: fanned, train: { ...train, each: [2, 1], inputs: { ...train.inputs, base: "many.model" } } },
    [
      'pipeline phases.train.inputs.base: "many" is fanned out.',
      "Write many[*].model to gather, or give this phase the same `each`.",
    ],
  ],
  [
    "a fan-out of the same list with other keys",
    {
      images,
      many: { ...fanned, key: "${item}" },
      train: { ...fanned, inputs: { ...train.inputs, base: "many.model" } },
    },
    [
      'pipeline phases.train.inputs.base: "many" makes its keys otherwise, so its instances can\'t be matched with these.',
      "Give both phases the same `key`.",
    ],
  ],
  [
    "a fan-out over what is no list",
    { images, any: { each: "images.rows" } },
    [
      "pipeline phases.any.each: images.rows is a list of JSON lines, not a JSON list.",
      "Fan out over a JSON artifact.",
    ],
  ],
  [
    "a fan-out over a directory",
    { lists: { step: "made-up/any", outputs: { all: "lists/" } }, any: { each: "lists.all" } },
    ["pipeline phases.any.each: lists.all is a directory, not a JSON list.", "Fan out over a JSON artifact."],
  ],
  [
    "a fan-out over a file that says it is no list",
    { images, any: { each: "images.notes" } },
    ["pipeline phases.any.each: images.notes is a file, not a JSON list.", "Fan out over a JSON artifact."],
  ],
  [
    "a fan-out over a phase that there is not",
    { images, any: { each: "notes.json" } },
    [
      'pipeline phases.any.each: there is no phase "notes".',
      'There are "images", "any". The list stands here itself, or a phase writes it.',
    ],
  ],
  [
    "a fan-out over an output that there is not",
    { images, any: { each: "images.lst" } },
    ['pipeline phases.any.each: the phase "images" has no output "lst".', 'Did you mean "list"?'],
  ],
  [
    "a fan-out over many lists",
    { images: { ...images, each: [1] }, any: { each: "images.list" } },
    ['pipeline phases.any.each: "images" is fanned out itself.', "Take the list from a phase with one instance."],
  ],
  [
    "a fan-out over the list of a phase that is not enabled",
    { images: { ...images, enabled: false }, any: { each: "images.list" } },
    ['pipeline phases.any.each: "images" is not enabled.', "Enable that phase."],
  ],
  [
    "a file that is wired as if it were an output",
    { any: { inputs: { text: "notes.txt" } } },
    [
      'pipeline phases.any.inputs.text: there is no phase "notes".',
      'There is "any". A file is wired as { path: notes.txt }.',
    ],
  ],
  [
    "a file that is wired as if all instances of a phase had written it",
    { best: { step: "made-up/best", inputs: { models: "model[*].bin" } } },
    ['pipeline phases.best.inputs.models: there is no phase "model".', 'There is "best".'],
  ],
  [
    "a file that is wired as if an earlier run had written it",
    { images, train: { ...train, inputs: { ...train.inputs, base: { previous: "model.bin" } } } },
    ['pipeline phases.train.inputs.base: there is no phase "model".', 'There are "images", "train".'],
  ],
  [
    "a service that nobody provides",
    { images, train: { ...train, services: { "made-up/trainer": "embeded" } } },
    [
      'pipeline phases.train.services["made-up/trainer"]: no plugin provides "embeded" for made-up/trainer.',
      'Did you mean "embedded"?',
    ],
  ],
];

describe("a pipeline that is refused", () => {
  it.each(refused)("%s", (_, phases, told) => {
    expect(issuesOf(() => graphOf(phases))).toEqual(told);
  });

  it("tells everything that is wrong at once", () => {
    const wrong = { ...train, inputs: { imags: "images.images", bse: "images.images", ...train.inputs } };
    const told = issuesOf(() => graphOf({ train: wrong, any: { after: ["x"], publish: { to: ".", output: "y" } } }));
    expect(told.slice(0, -1)).toEqual([
      'pipeline phases.train.inputs.imags: the step made-up/train has no input "imags".',
      'pipeline phases.train.inputs.bse: the step made-up/train has no input "bse".',
      'pipeline phases.train.inputs.images: there is no phase "images".',
      'pipeline phases.any.after[0]: there is no phase "x".',
      'pipeline phases.any.publish.output: made-up/any has no output "y".',
    ]);
  });
});

describe("a pipeline that is accepted", () => {
  it("leaves out an optional input that is wired to a phase which is not enabled", () => {
    const old = { ...train, enabled: false };
    const graph = graphOf({ images, old, train: { ...train, inputs: { ...train.inputs, base: "old.model" } } });
    expect([...graph.phases.keys()]).toEqual(["images", "train"]);
    expect(Object.keys(graph.phases.get("train")!.phase.inputs)).toEqual(["images"]);
    expect(graph.phases.get("train")!.dependencies).toEqual(["images"]);
  });

  it("wires what has the wanted form, and files that may have it", () => {
    const lines = { step: "made-up/lines" };
    const document = { step: "made-up/document" };
    const graph = graphOf({
      images,
      any: { outputs: { file: "a.txt" } },
      a: { ...lines, inputs: { lines: "images.rows" } },
      b: { ...lines, inputs: { lines: "any.file" } },
      c: { ...document, inputs: { document: "images.list" } },
      d: { ...document, inputs: { document: "any.file" } },
      e: { inputs: { x: "images.rows", y: "images.list", z: "images.images" } },
    });
    expect(graph.phases.size).toBe(7);
  });

  it("does not wait for a phase that is not enabled", () => {
    const graph = graphOf({ a: { enabled: false }, b: { after: ["a"] } });
    expect(graph.phases.get("b")!.dependencies).toEqual([]);
  });

  it("keeps what is wired to a path or to an earlier run out of the dependencies", () => {
    const inputs = { images: { path: "./mine" }, base: { previous: "train.model" } };
    expect(graphOf({ train: { step: "made-up/train", inputs } }).phases.get("train")!.dependencies).toEqual([]);
  });

  it("knows each dependency once, both ways", () => {
    const graph = graphOf({ a: {}, b: { after: ["a"], inputs: { x: "a.log", y: "a.log" } }, c: { after: ["a"] } });
    expect(graph.phases.get("b")!.dependencies).toEqual(["a"]);
    expect(graph.phases.get("a")!.dependents).toEqual(["b", "c"]);
  });

  it("has the outputs that an open phase declares beside the step's own", () => {
    const { outputs } = graphOf({ a: { outputs: { x: "x/", y: { path: "y", kind: "k" } } } }).phases.get("a")!;
    expect(outputs).toEqual({
      log: { path: "logs/log.txt", form: "file", kind: "text/plain", mode: "required" },
      x: { path: "x", form: "directory", kind: "*", mode: "required" },
      y: { path: "y", form: "file", kind: "k", mode: "required" },
    });
  });

  it("asks for the resources of the phase above those of the step", () => {
    const graph = graphOf({ a: { resources: { cpu: 3, memory: 7 } }, b: {} });
    expect(graph.phases.get("a")!.resources).toEqual({ cpu: 3, memory: 7, gpu: 0 });
    expect(graph.phases.get("b")!.resources).toEqual({ cpu: 1, memory: 0, gpu: 0 });
  });

  it.each([
    ["the first provider", {}, "embedded", {}],
    ["the provider that is named", { services: { "made-up/trainer": "external" } }, "external", {}],
    [
      "its options",
      { services: { "made-up/trainer": { use: "embedded", with: { threads: 2 } } } },
      "embedded",
      { threads: 2 },
    ],
  ])("chooses %s for a service", (_, fields, name, options) => {
    const chosen = graphOf({ images, train: { ...train, ...fields } }).phases.get("train")!.services;
    expect(chosen.get("made-up/trainer")).toMatchObject({ facts: { name }, options });
  });

  it("matches phases of one list by key, and waits for what it gathers or comes after as a whole", () => {
    const each = { each: [1, 2] };
    const graph = graphOf({
      a: each,
      b: { ...each, inputs: { x: "a.log" } },
      c: { ...each, inputs: { x: "a.log", all: "b[*].log" } },
      d: { ...each, inputs: { x: "c.log" }, after: ["c"] },
      e: { inputs: { all: "d[*].log" } },
      f: { ...each, inputs: { one: "a.log", all: "a[*].log" } },
    });
    const kept = [...graph.phases].map(([name, { keyed, whole }]) => [name, keyed, whole]);
    expect(kept).toEqual([
      ["a", [], []],
      ["b", ["a"], []],
      ["c", ["a"], ["b"]],
      ["d", ["c"], ["c"]],
      ["e", [], ["d"]],
      ["f", ["a"], ["a"]],
    ]);
  });
});
