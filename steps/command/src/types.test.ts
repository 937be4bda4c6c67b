import { definePipeline } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type {} from "./types.ts";

describe("the types of command/run in a pipeline", () => {
  it("take what the phase names, and know the config", () => {
    const pipeline = definePipeline({
      pipeline: "typed",
      phases: {
        first: { step: "command/run", with: { shell: "true" }, outputs: { words: "words.txt" } },
        second: {
          step: "command/run",
          with: { argv: ["wc", 1, "${inputs.words}"], okStatus: [0, 1] },
          inputs: { words: "first.words" },
        },
      },
    });
    expect(pipeline.phases.second?.inputs).toEqual({ words: "first.words" });

    // @ts-expect-error a config key that does not exist
    definePipeline({ pipeline: "typed", phases: { first: { step: "command/run", with: { shel: "true" } } } });
    // @ts-expect-error a step that does not exist
    definePipeline({ pipeline: "typed", phases: { first: { step: "command/rnu" } } });
  });
});
