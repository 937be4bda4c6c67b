import { type AnyStep, Clock, defineStep, defineToken, directory, file, json, ndjson, z } from "@orchestrate/sdk";

const run = async () => {};
const Trainer = defineToken<object>("made-up/trainer");

/** Steps for tests of planning; none of them is ever run. */
export const madeUpSteps: Readonly<Record<string, AnyStep>> = {
  "made-up/images": defineStep({
    summary: "Makes images and a list.",
    config: z.strictObject({}),
    inputs: { folder: directory("folder").optional() },
    outputs: {
      images: directory("images", "images"),
      list: json("list.json", z.array(z.number())),
      rows: ndjson("rows.ndjson", z.number()),
      notes: file("text/plain", "notes.txt").optional(),
    },
    run,
  }),
  "made-up/train": defineStep({
    summary: "Wants images, and may go on from a model.",
    config: z.strictObject({ epochs: z.number().default(1) }),
    inputs: { images: directory("images"), base: file("model").optional() },
    outputs: { model: file("model"), scores: json("scores.json", z.object({})) },
    services: { trainer: Trainer, clock: Clock },
    seeds: ["order", "weights"],
    run,
  }),
  "made-up/best": defineStep({
    summary: "Gathers models.",
    config: z.strictObject({}),
    inputs: { models: file("model").gathered() },
    outputs: { model: file("model") },
    run,
  }),
  "made-up/document": defineStep({
    summary: "Wants one JSON document of any kind.",
    config: z.strictObject({}),
    inputs: { document: json("document.json", z.unknown(), { kind: "*" }) },
    run,
  }),
  "made-up/lines": defineStep({
    summary: "Wants JSON lines of any kind.",
    config: z.strictObject({}),
    inputs: { lines: ndjson("lines.ndjson", z.unknown(), { kind: "*" }) },
    run,
  }),
  "made-up/load": defineStep({
    summary: "Changes the outside world.",
    config: z.strictObject({}),
    outputs: { mark: json("mark.json", z.object({})) },
    effects: "external",
    run,
  }),
  "made-up/fetch": defineStep({
    summary: "Reads the outside world.",
    config: z.strictObject({}),
    reads: "external",
    run,
  }),
  "made-up/table": defineStep({
    summary: "Reads the outside world and can tell its version.",
    config: z.strictObject({}),
    reads: "external",
    version: async () => "7",
    run,
  }),
  "made-up/program": defineStep({
    summary: "Takes and makes what the pipeline says, and puts in templates.",
    config: z.strictObject({ argv: z.array(z.json()).default([]), note: z.string().default("") }),
    open: true,
    templateFields: ["argv"],
    run,
  }),
  "made-up/any": defineStep({
    summary: "Takes and makes what the pipeline says.",
    config: z.strictObject({}),
    outputs: { log: file("text/plain", "logs/log.txt") },
    open: true,
    run,
  }),
};
