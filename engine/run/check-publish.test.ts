import { expect, it } from "vitest";
import { graphOf } from "../core/testing/graph-of.ts";
import { checkPublish } from "./check-publish.ts";

const place = { root: "/p", file: "/p/orchestrate.config.yaml", runsDirectory: "/p/runs" };
const publish = (to: string) => ({ publish: { to, output: "log" } });

/** What is told of phases that publish, as `phase: message`. */
function told(phases: Readonly<Record<string, object>>): readonly string[] {
  return checkPublish(graphOf(phases), place).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

it.each([
  ["orchestrate.config.yaml", "is the pipeline's own file."],
  ["runs", "is in the runs directory, or around it."],
  ["runs/a/out", "is in the runs directory, or around it."],
  [".", "is the pipeline's own directory, or one around it."],
  ["..", "is the pipeline's own directory, or one around it."],
  ["data", 'is what "read" reads as its input "text".'],
  ["data/texts", 'is what "read" reads as its input "text".'],
  ["data/texts/a.txt", 'is what "read" reads as its input "text".'],
])("nothing is published to %s", (to, message) => {
  const read = { inputs: { text: { path: "data/texts" } } };
  expect(told({ plain: {}, read, out: publish(to) })).toEqual([`phases.out.publish.to: ${message}`]);
});

it("two phases publish to places that do not hold each other", () => {
  expect(told({ a: publish("out/a"), b: publish("out/b"), c: publish("out/a/c"), d: publish("out") })).toEqual([
    'phases.c.publish.to: is where "a" publishes.',
    'phases.d.publish.to: is where "a" publishes.',
  ]);
});

it("a place is free that depends on an item, or only begins with the same letters", () => {
  const each = { each: ["a"], inputs: { text: { path: "out/${item}" } } };
  expect(told({ each, a: publish("out/b"), b: publish("out/bb"), c: publish("runs2") })).toEqual([]);
});
