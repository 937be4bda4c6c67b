import assert from "node:assert/strict";
import { test } from "node:test";
import { describeConformance } from "@orchestrate/sdk/testing";
import examples from "./examples.js";
import steady from "./steady.js";

test("conforms, to the kit of timers as well", () => describeConformance(steady, examples["hashmap/timer=steady"]));

test("moves on by its step", async () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const timer = await steady.definition.create({ options: { step: 2 }, log });
  assert.deepEqual([timer.now(), timer.now(), timer.now()], [0, 2, 4]);
});
