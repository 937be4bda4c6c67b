import { z } from "zod";
import { directory, file, json } from "./artifact.ts";
import { Metadata } from "./metadata.ts";
import { definePipeline } from "./pipeline.ts";
import { Clock } from "./services.ts";
import { defineStep } from "./step.ts";

const run = async () => {};
const images = defineStep({
  summary: "Makes images.",
  config: z.strictObject({ size: z.number().default(32) }),
  outputs: { images: directory("images"), list: json("list.json", z.array(z.number())) },
  run,
});
const train = defineStep({
  summary: "Trains on images.",
  config: z.strictObject({ epochs: z.number().default(1), mode: z.enum(["fast", "slow"]).optional() }),
  inputs: { images: directory("images"), base: file("model").optional() },
  outputs: { model: file("model") },
  run,
});
const best = defineStep({
  summary: "Gathers models.",
  config: z.strictObject({ by: z.string() }),
  inputs: { models: file("model").gathered() },
  outputs: { model: file("model") },
  run,
});
const anyKind = defineStep({
  summary: "Takes any file.",
  config: z.strictObject({}),
  inputs: { data: file("*"), older: file("*").optional() },
  run,
});
const command = defineStep({
  summary: "Is open.",
  config: z.strictObject({ argv: z.array(z.string()) }),
  open: true,
  run,
});
const nested = defineStep({
  summary: "Has a config of many forms.",
  config: z.strictObject({
    net: z.strictObject({ width: z.number(), layers: z.array(z.strictObject({ size: z.number() })) }).optional(),
    how: z.union([z.literal("plain"), z.strictObject({ power: z.number() })]).optional(),
    any: z.json().optional(),
    more: z.record(z.string(), z.number()).optional(),
  }),
  run,
});

const told = defineStep({
  summary: "Emits metadata.",
  config: z.strictObject({}),
  outputs: { list: json("list.json", z.array(z.number())) },
  services: { clock: Clock, metadata: Metadata },
  run,
});

declare module "./pipeline.ts" {
  interface StepTypes {
    images: typeof images;
    train: typeof train;
    best: typeof best;
    any: typeof anyKind;
    "made-up/nested": typeof nested;
    command: typeof command;
    told: typeof told;
  }
}

const data = { step: "images" } as const;
const maybeFanned: { readonly each?: readonly number[] } = {};
const trained = { step: "train", inputs: { images: "data.images" } } as const;

/** All that is allowed. */
definePipeline({
  pipeline: "p",
  seed: 1,
  durability: "relaxed",
  services: { "made-up/trainer": { use: "embedded", with: { threads: 2 } } },
  phases: {
    data: { step: "images", with: { size: 8 } },
    train: {
      step: "train",
      with: { epochs: 2, mode: "fast" },
      inputs: { images: "data.images" },
      each: { lr: [0.1, 0.01] },
      key: "${item.lr}",
      retry: { attempts: 3, delay: "1s" },
      resources: { cpu: 2 },
    },
    again: {
      step: "train",
      inputs: { images: { path: "./mine" }, base: { previous: "again.model" } },
      after: ["data"],
    },
    best: { step: "best", with: { by: "mcc" }, inputs: { models: "train[*].model" } },
    look: { step: "any", inputs: { data: "best.model" } },
    told: { step: "told" },
    facts: { step: "any", inputs: { data: "told.metadata" } },
    before: { step: "any", inputs: { data: { path: "./x" }, older: { previous: "told.metadata" } } },
    count: {
      step: "command",
      with: { argv: ["wc", "${inputs.log}"] },
      inputs: { log: "data.list", other: { path: "./x" } },
      outputs: { counts: "counts.json", pages: { path: "pages", kind: "images" } },
    },
    last: { step: "train", inputs: { images: "count.pages" } },
    tidy: {
      step: "command",
      with: { argv: ["sort"] },
      inputs: { counts: "count.counts", models: "train[*].model", mine: { previous: "tidy.all" }, any: "untyped.y" },
      outputs: { all: "all/" },
    },
    many: { step: "command", with: { argv: ["true", "${item}"] }, each: "data.list" },
    fan: { ...trained, each: [1, 2], with: { epochs: "${item}", mode: "${item.mode}" } },
    keyed: { step: "any", each: [1, 2], inputs: { data: "fan.model" } },
    whole: { step: "any", each: [1, 2], inputs: { data: "best.model" } },
    perhaps: { step: "untyped/step", ...maybeFanned },
    one: { step: "any", inputs: { data: "perhaps.x" } },
    all: { step: "best", with: { by: "mcc" }, inputs: { models: "perhaps[*].x" } },
    shown: {
      step: "best",
      with: { by: "mcc" },
      inputs: { models: "fan[*].model" },
      publish: { to: ".", output: "model" },
    },
    plain: { step: "made-up/nested", with: { how: "plain", any: { a: [1, { b: null }] }, more: { x: 1, y: 2 } } },
    deep: {
      step: "made-up/nested",
      with: { net: { width: "${item.width}", layers: [{ size: 1 }] }, how: { power: 2 } },
      each: { width: [1] },
    },
    untyped: { step: "plain-js/step", with: { any: "thing" }, inputs: { x: "data.images" }, outputs: { y: "y.txt" } },
    after: { step: "any", inputs: { data: "untyped.y" }, after: ["untyped"] },
  },
});

definePipeline({
  pipeline: "wrong step name in a known family",
  phases: {
    // @ts-expect-error there is no such step
    deep: { step: "made-up/nestd" },
  },
});

definePipeline({
  pipeline: "unknown config key below",
  phases: {
    // @ts-expect-error `wdith` is no key of the net
    deep: { step: "made-up/nested", with: { net: { width: 1, wdith: 2, layers: [] } } },
  },
});

definePipeline({
  pipeline: "unknown config key in one form of many",
  phases: {
    // @ts-expect-error `pwoer` is no key of any form
    deep: { step: "made-up/nested", with: { how: { power: 1, pwoer: 2 } } },
  },
});

definePipeline({
  pipeline: "text that is no template",
  phases: {
    // @ts-expect-error text without the item is no number
    data: { step: "images", with: { size: "${size}" }, each: [1] },
  },
});

definePipeline({
  pipeline: "metadata of a step that emits none",
  phases: {
    data: { step: "images" },
    // @ts-expect-error the step does not ask for Metadata
    facts: { step: "any", inputs: { data: "data.metadata" } },
  },
});

definePipeline({
  pipeline: "unknown output to publish",
  phases: {
    // @ts-expect-error there is no output `image`
    data: { step: "images", publish: { to: "./out", output: "image" } },
  },
});

definePipeline({
  pipeline: "unknown output to fan out over",
  phases: {
    data,
    // @ts-expect-error there is no output `lst`
    many: { step: "command", with: { argv: ["true"] }, each: "data.lst" },
  },
});

definePipeline({
  pipeline: "wrong step name",
  phases: {
    // @ts-expect-error there is no such step
    data: { step: "image" },
  },
});

definePipeline({
  pipeline: "unknown config key",
  phases: {
    // @ts-expect-error `sze` is no key of the config
    data: { step: "images", with: { sze: 8 } },
  },
});

definePipeline({
  pipeline: "unknown config key beside a known one",
  phases: {
    // @ts-expect-error `sze` is no key of the config
    data: { step: "images", with: { size: 8, sze: 8 } },
  },
});

definePipeline({
  pipeline: "wrong config type",
  phases: {
    // @ts-expect-error a number is wanted
    data: { step: "images", with: { size: "8" } },
  },
});

definePipeline({
  pipeline: "wrong config choice",
  phases: {
    data,
    // @ts-expect-error `fast` or `slow`
    train: { ...trained, with: { mode: "medium" } },
  },
});

definePipeline({
  pipeline: "required config left out",
  phases: {
    // @ts-expect-error `argv` is missing
    count: { step: "command" },
  },
});

definePipeline({
  pipeline: "required config key left out",
  phases: {
    // @ts-expect-error `argv` is missing
    count: { step: "command", with: {} },
  },
});

definePipeline({
  pipeline: "no inputs",
  phases: {
    data,
    // @ts-expect-error `images` is not wired
    train: { step: "train" },
  },
});

definePipeline({
  pipeline: "missing required input",
  phases: {
    data,
    // @ts-expect-error `images` is not wired
    train: { step: "train", inputs: { base: { path: "./model" } } },
  },
});

definePipeline({
  pipeline: "unknown input",
  phases: {
    data,
    // @ts-expect-error there is no input `bse`
    train: { step: "train", inputs: { images: "data.images", bse: { path: "./model" } } },
  },
});

definePipeline({
  pipeline: "input of a step without inputs",
  phases: {
    // @ts-expect-error there is no input `folder`
    data: { step: "images", inputs: { folder: { path: "." } } },
  },
});

definePipeline({
  pipeline: "wrong kind",
  phases: {
    data,
    // @ts-expect-error the list is no images
    train: { step: "train", inputs: { images: "data.list" } },
  },
});

definePipeline({
  pipeline: "wrong kind for an optional input",
  phases: {
    data,
    // @ts-expect-error images are no model
    train: { step: "train", inputs: { images: "data.images", base: "data.images" } },
  },
});

definePipeline({
  pipeline: "unknown output",
  phases: {
    data,
    // @ts-expect-error there is no output `image`
    train: { step: "train", inputs: { images: "data.image" } },
  },
});

definePipeline({
  pipeline: "unknown phase",
  phases: {
    data,
    // @ts-expect-error there is no phase `dat`
    train: { step: "train", inputs: { images: "dat.images" } },
  },
});

definePipeline({
  pipeline: "unknown phase for an earlier artifact",
  phases: {
    data,
    // @ts-expect-error there is no phase `trian`
    train: { step: "train", inputs: { images: "data.images", base: { previous: "trian.model" } } },
  },
});

definePipeline({
  pipeline: "an earlier artifact where one must be there the first time",
  phases: {
    data,
    // @ts-expect-error the input is required
    train: { step: "train", inputs: { images: { previous: "data.images" } } },
  },
});

definePipeline({
  pipeline: "unknown output of an open step",
  phases: {
    count: { step: "command", with: { argv: ["wc"] }, outputs: { counts: "counts.json" } },
    // @ts-expect-error there is no output `count`
    look: { step: "any", inputs: { data: "count.count" } },
  },
});

definePipeline({
  pipeline: "an open step that names no output",
  phases: {
    count: { step: "command", with: { argv: ["wc"] } },
    // @ts-expect-error there is no output at all
    look: { step: "any", inputs: { data: "count.counts" } },
  },
});

definePipeline({
  pipeline: "wrong kind of an open step's output",
  phases: {
    count: { step: "command", with: { argv: ["wc"] }, outputs: { pages: { path: "pages", kind: "page" } } },
    // @ts-expect-error pages are no images
    train: { step: "train", inputs: { images: "count.pages" } },
  },
});

definePipeline({
  pipeline: "no kind of an open step's output",
  phases: {
    count: { step: "command", with: { argv: ["wc"] }, outputs: { pages: "pages/" } },
    // @ts-expect-error the kind has to be named
    train: { step: "train", inputs: { images: "count.pages" } },
  },
});

definePipeline({
  pipeline: "unknown reference of an open step",
  phases: {
    data,
    // @ts-expect-error there is no output `lst`
    count: { step: "command", with: { argv: ["wc"] }, inputs: { list: "data.lst" } },
  },
});

definePipeline({
  pipeline: "unknown phase to come after",
  phases: {
    data,
    // @ts-expect-error there is no phase `dat`
    train: { ...trained, after: ["dat"] },
  },
});

definePipeline({
  pipeline: "one where all are wanted",
  phases: {
    data,
    train: { ...trained, each: [1, 2] },
    // @ts-expect-error the input gathers
    best: { step: "best", with: { by: "mcc" }, inputs: { models: "train.model" } },
  },
});

definePipeline({
  pipeline: "all of a phase that is not fanned out",
  phases: {
    data,
    train: trained,
    // @ts-expect-error there is one model
    best: { step: "best", with: { by: "mcc" }, inputs: { models: "train[*].model" } },
    // @ts-expect-error there is one list
    count: { step: "command", with: { argv: ["wc"] }, inputs: { all: "data[*].list" } },
  },
});

definePipeline({
  pipeline: "one of a phase that is fanned out",
  phases: {
    data,
    train: { ...trained, each: [1, 2] },
    // @ts-expect-error there are two models
    look: { step: "any", inputs: { data: "train.model" } },
    // @ts-expect-error there are two models
    count: { step: "command", with: { argv: ["wc"] }, inputs: { model: "train.model" } },
    // @ts-expect-error there is no one earlier model
    before: { step: "any", inputs: { data: "data.list", older: { previous: "train.model" } } },
    // @ts-expect-error there are two of what should be one list
    many: { step: "command", with: { argv: ["wc"] }, each: "train.model" },
  },
});

definePipeline({
  pipeline: "all where one is wanted",
  phases: {
    data,
    train: { ...trained, each: [1, 2] },
    // @ts-expect-error the input takes one
    look: { step: "any", inputs: { data: "train[*].model" } },
  },
});

definePipeline({
  pipeline: "a path where all are wanted",
  phases: {
    // @ts-expect-error a path is not gathered
    best: { step: "best", with: { by: "mcc" }, inputs: { models: { path: "./model" } } },
  },
});

definePipeline({
  pipeline: "outputs of a step that names its own",
  phases: {
    // @ts-expect-error the step is not open
    data: { step: "images", outputs: { more: "more.txt" } },
  },
});

definePipeline({
  pipeline: "unknown key of a phase",
  phases: {
    // @ts-expect-error `timout` is no key of a phase
    data: { step: "images", timout: "5s" },
  },
});

definePipeline({
  pipeline: "unknown key of a pipeline",
  // @ts-expect-error `sed` is no key of a pipeline
  sed: 1,
  phases: { data },
});
