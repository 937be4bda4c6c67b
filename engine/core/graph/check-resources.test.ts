import { expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { checkResources } from "./check-resources.ts";

const capacity = { slots: 4, cpu: 4, memory: 1024, gpu: 1 };

function told(resources: object, selected: readonly string[] = ["a"]) {
  return checkResources(graphOf({ a: { resources }, b: {} }), new Set(selected), capacity);
}

it("lets a phase have all that there is", () => {
  expect(told({ cpu: 4, memory: 1024, gpu: 1 })).toEqual([]);
});

it("tells of each resource of which there is not enough", () => {
  const hint = "Ask for less, or run it where there is more.";
  expect(told({ cpu: 5, memory: 1025, gpu: 2 }, ["b", "a"])).toEqual([
    { path: ["phases", "a", "resources", "cpu"], message: "asks for 5 cores; there are 4.", hint },
    { path: ["phases", "a", "resources", "memory"], message: "asks for 1025 MiB of memory; there are 1024.", hint },
    { path: ["phases", "a", "resources", "gpu"], message: "asks for 2 gpu; there is 1.", hint },
  ]);
});

it("says nothing of what is not selected", () => {
  expect(told({ cpu: 5 }, ["b"])).toEqual([]);
});
