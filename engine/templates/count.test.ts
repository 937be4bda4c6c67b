import assert from "node:assert/strict";
import { test } from "node:test";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import step from "./count.ts";
import examples from "./examples.ts";

const example = examples["example/count"];

test("conforms", () => describeConformance(step, example));

test("counts lines", async () => {
  using result = await runStep(step, example);
  assert.deepEqual(result.outputs.counts.json(), { lines: 2, characters: 20 });
});
