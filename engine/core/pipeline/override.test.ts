import { describe, expect, it } from "vitest";
import { issuesOf } from "../testing/issues-of.ts";
import { resolved } from "../testing/resolved.ts";
import { type Override, parseOverride } from "./override.ts";
import { formatPath } from "./pipeline-issue.ts";

const document = {
  pipeline: "p",
  phases: {
    train: {
      step: "x",
      with: { epochs: 8, tags: ["a"], net: { width: 4, depth: 2 }, none: null },
      inputs: { images: "data.images", base: { previous: "train.model" } },
    },
    data: { step: "x" },
    seed: { step: "x" },
  },
};

function override(text: string): Override {
  const parsed = parseOverride(text, JSON.parse);
  if ("message" in parsed) throw new Error(parsed.message);
  return parsed;
}

const set = (...texts: string[]) => resolved(document, { overrides: texts.map(override) });
const told = (...texts: string[]) => issuesOf(() => set(...texts));

describe("--set", () => {
  it.each<[text: string, read: (pipeline: ReturnType<typeof set>) => unknown, value: unknown]>([
    ["train.with.epochs=2", ({ phases }) => phases.get("train")!.with, { ...document.phases.train.with, epochs: 2 }],
    [
      "phases.train.with.epochs=2",
      ({ phases }) => phases.get("train")!.with,
      { ...document.phases.train.with, epochs: 2 },
    ],
    ["train.with.net.width=8", ({ phases }) => phases.get("train")!.with.net, { width: 8, depth: 2 }],
    ["train.with.none.width=8", ({ phases }) => phases.get("train")!.with.none, { width: 8 }],
    ["data.with.a.b=true", ({ phases }) => phases.get("data")!.with, { a: { b: true } }],
    ['train.with.tags=["b","c=d"]', ({ phases }) => phases.get("train")!.with.tags, ["b", "c=d"]],
    ['data.timeout="2s"', ({ phases }) => phases.get("data")!.timeoutMs, 2_000],
    ["seed=9", ({ seed }) => seed, 9],
    ["seed.cache=false", ({ phases }) => phases.get("seed")!.cache, false],
    ["concurrency=null", ({ options }) => options.concurrency, null],
    ["follow.metadata.enabled=false", ({ followers }) => followers, []],
    ['services.a/b="c"', ({ phases }) => phases.get("data")!.services, { "a/b": { use: "c", with: {} } }],
    ['state="s"', ({ state }) => state, "s"],
    ['durability="relaxed"', ({ options }) => options.durability, "relaxed"],
    ['reuse="copy"', ({ options }) => options.reuse, "copy"],
    ['verify="digest"', ({ options }) => options.verify, "digest"],
    [
      'train.inputs.images.path="./mine"',
      ({ phases }) => phases.get("train")!.inputs,
      {
        images: { from: "path", path: "./mine" },
        base: { from: "previous", phase: "train", output: "model" },
      },
    ],
    [
      'train.inputs.base.path="./mine"',
      ({ phases }) => phases.get("train")!.inputs.base,
      { from: "path", path: "./mine" },
    ],
  ])("%s", (text, read, value) => {
    expect(read(set(text))).toEqual(value);
  });

  it("takes the last of two values", () => {
    expect(set("train.with.epochs=2", "train.with.epochs=3").phases.get("train")!.with).toMatchObject({ epochs: 3 });
  });

  it("leaves the document as it was", () => {
    const before = structuredClone(document);
    set("train.with.epochs=2", 'train.inputs.images.path="x"');
    expect(document).toEqual(before);
  });

  it.each<[text: string, message: string]>([
    ["train", 'must contain "=".'],
    ["=3", '"" is not a path.'],
    ["train..with=3", '"train..with" is not a path.'],
    ["__proto__.polluted=1", '"__proto__.polluted" is not a path.'],
    ["train.with.__proto__.polluted=1", '"train.with.__proto__.polluted" is not a path.'],
    ["train.constructor.prototype.x=1", '"train.constructor.prototype.x" is not a path.'],
  ])("%s can't be read", (text, message) => {
    expect(parseOverride(text, JSON.parse)).toEqual({
      path: [],
      message,
      hint: "Write it as --set train.with.epochs=2.",
      origin: `--set ${text}`,
    });
  });

  it.each<[text: string, told: readonly string[]]>([
    [
      "trian.with.epochs=2",
      ['--set trian.with.epochs=2 "trian" is neither a phase nor an option of the pipeline.', 'Did you mean "train"?'],
    ],
    [
      "conccurency=2",
      [
        '--set conccurency=2 "conccurency" is neither a phase nor an option of the pipeline.',
        'Did you mean "concurrency"?',
      ],
    ],
    [
      "zzzzzzzz=2",
      [
        '--set zzzzzzzz=2 "zzzzzzzz" is neither a phase nor an option of the pipeline.',
        "The phases are train, data, seed.",
      ],
    ],
    ["train=2", ['--set train=2 "train" is a phase.', "Say what of it is to be set: --set train.with.NAME=VALUE."]],
    [
      "train.with.epochs.first=2",
      ['--set train.with.epochs.first=2 "phases.train.with.epochs" is not a map, so nothing can be set below it.'],
    ],
    [
      "train.with.tags.0=2",
      ['--set train.with.tags.0=2 "phases.train.with.tags" is not a map, so nothing can be set below it.'],
    ],
  ])("%s can't be set", (text, lines) => {
    expect(told(text)).toEqual(lines);
  });

  it("is named where what it sets is refused", () => {
    expect(told("train.with.epochs=2", "train.cache=5")).toEqual([
      "--set train.cache=5 phases.train.cache: must be true or false.",
    ]);
    expect(told('data.key="k"')).toEqual([
      '--set data.key="k" phases.data.key: a key needs a fan-out.',
      "Add `each`, or remove `key`.",
    ]);
    expect(told("phases=5")).toEqual([
      "--set phases=5 phases: must be a map of phases by their name, as { train: { step: vision/train } }.",
    ]);
    expect(issuesOf(() => resolved(document, { seed: -1 }))).toEqual([
      "--seed -1 seed: too small: expected number to be >=0.",
    ]);
  });

  it("stands above --seed", () => {
    expect(resolved(document, { seed: 3, overrides: [override("seed=4")] }).seed).toBe(4);
    expect(resolved(document, { seed: 3 }).seed).toBe(3);
  });
});

describe("a path in words", () => {
  it.each([
    [["phases", "train", "with"], "phases.train.with"],
    [["phases", "train", "env", 0], "phases.train.env[0]"],
    [["with", "learning rate", "x"], 'with["learning rate"].x'],
    [[], ""],
  ])("%j is %s", (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});
