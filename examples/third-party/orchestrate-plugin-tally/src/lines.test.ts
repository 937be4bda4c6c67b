import assert from "node:assert/strict";
import { test } from "node:test";
import { StepError } from "@orchestrate/sdk";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import examples from "./examples.ts";
import step from "./lines.ts";

const example = examples["tally/lines"];

test("conforms", () => describeConformance(step, example));

test("counts equal lines, the most frequent first", async () => {
  using result = await runStep(step, example);
  assert.deepEqual(result.outputs.counts.rows(), [
    { line: "sea", count: 2 },
    { line: "ship", count: 1 },
  ]);
});

test("refuses more lines than it may hold", async () => {
  using result = await runStep(step, { ...example, config: { mostLines: 1 } });
  assert.ok(result.error instanceof StepError);
  assert.equal(result.error.detail, "The text has more than 1 different lines.");
});
