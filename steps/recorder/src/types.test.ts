import { readFileSync } from "node:fs";
import { definePipeline } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import type {} from "./types.ts";

it("types every step that the package contributes", () => {
  const { orchestrate } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const types = readFileSync(new URL("./types.ts", import.meta.url), "utf8");
  expect(Object.keys(orchestrate.steps).filter((name) => !types.includes(`"${name}"`))).toEqual([]);
});

it("wires a trace to what reads traces", () => {
  const pipeline = definePipeline({
    pipeline: "typed",
    phases: {
      recorded: { step: "recorder/record", with: { program: "a.js", values: "none" } },
      summary: { step: "recorder/inspect", inputs: { trace: "recorded.trace" } },
    },
  });
  expect(Object.keys(pipeline.phases)).toEqual(["recorded", "summary"]);
});
