import { defineStep, z } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import { describePart } from "./describe-part.ts";

it("shows the fields of each form that a config can have", () => {
  const step = defineStep({
    summary: "Says a word.",
    config: z.union([
      z.strictObject({ word: z.string(), loud: z.boolean().default(false) }),
      z.strictObject({ number: z.number().optional() }),
    ]),
    async run() {},
  });
  expect(describePart("made-up/say", step.contract()).split("\n")).toEqual([
    "made-up/say  Says a word.",
    "  config",
    "    word  string   required",
    "    loud  boolean  default false",
    "  or config",
    "    number  number  optional",
    "  resources  cpu 1, memory 0, gpu 0",
  ]);
});
