import { definePipeline } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import type {} from "./types.ts";

it("a pipeline in TypeScript is checked against the steps", () => {
  const pipeline = definePipeline({
    pipeline: "neighbours",
    phases: {
      points: { step: "cover-tree/points", with: { count: 10, dimension: 2 } },
      build: { step: "cover-tree/build", inputs: { points: "points.points" } },
      nearest: { step: "cover-tree/query", with: { k: 3 }, inputs: { tree: "build.tree" } },
    },
  });
  expect(Object.keys(pipeline.phases)).toHaveLength(3);
});
