import { describe, expect, it } from "vitest";
import { Clock, defineStep, file, z } from "./index.ts";
import { definePipeline } from "./pipeline.ts";

const make = defineStep({
  summary: "Make a model.",
  config: z.strictObject({ epochs: z.number().default(1) }),
  outputs: { model: file("test/model"), notes: file("text/plain") },
  services: { clock: Clock },
  seeds: ["order"],
  version: async () => "1",
  run: async () => {},
});

const judge = defineStep({
  summary: "Judge models.",
  config: z.strictObject({ floor: z.number() }),
  inputs: { model: file("test/model"), others: file("test/model").gathered(), any: file("*").optional() },
  run: async () => {},
});

declare module "./pipeline.ts" {
  interface StepTypes {
    "test/make": typeof make;
    "test/judge": typeof judge;
  }
}

const wired = { model: "made.model", others: "many[*].model" } as const;

/** Each of these is checked by the compiler; a mistake that compiles makes its comment an error. */
describe("definePipeline", () => {
  it("takes what fits, and gives it back as it is", () => {
    const pipeline = definePipeline({
      pipeline: "typed",
      phases: {
        made: { step: "test/make", with: { epochs: 2 } },
        many: { step: "test/make", each: [1, 2] },
        judged: { step: "test/judge", with: { floor: 0.5 }, inputs: { ...wired, any: { path: "x" } } },
      },
    });
    expect(pipeline.phases.judged?.inputs).toEqual({ ...wired, any: { path: "x" } });
  });

  it("does not compile with a wrong step or config", () => {
    const pipeline = "typed";
    const phases = [
      // @ts-expect-error no such step
      definePipeline({ pipeline, phases: { made: { step: "test/mkae" } } }),
      // @ts-expect-error a config field of the wrong type, of a step that asks for services
      definePipeline({ pipeline, phases: { made: { step: "test/make", with: { epochs: "2" } } } }),
    ];
    expect(phases.length).toBe(2);
  });

  it("does not compile with a wrong wiring", () => {
    const { phases } = definePipeline({
      pipeline: "typed",
      phases: {
        made: { step: "test/make" },
        many: { step: "test/make", each: [1, 2] },
        // @ts-expect-error no inputs at all
        none: { step: "test/judge", with: { floor: 1 } },
        // @ts-expect-error an input is missing
        missing: { step: "test/judge", inputs: { model: "made.model" } },
        // @ts-expect-error an output that the phase does not have
        output: { step: "test/judge", inputs: { ...wired, model: "made.mdl" } },
        // @ts-expect-error an output of another kind
        kind: { step: "test/judge", inputs: { ...wired, model: "made.notes" } },
        // @ts-expect-error one instance where all are gathered
        one: { step: "test/judge", inputs: { ...wired, others: "made.model" } },
        // @ts-expect-error a phase that does not exist
        phase: { step: "test/judge", inputs: { ...wired, model: "mda.model" } },
      },
    });
    expect(Object.keys(phases).length).toBe(8);
  });
});
