import { Clock, defineStep, defineToken, Metadata, Processes, z } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { resolved } from "../testing/resolved.ts";
import { stepFacts } from "../testing/step-facts.ts";
import { chooseServices } from "./choose-services.ts";

const phase = resolved({ pipeline: "p", phases: { a: { step: "s" } } }).phases.get("a")!;
const nobody = { steps: new Map(), providers: new Map(), tokens: new Set<string>() };

function step(services: Parameters<typeof defineStep>[0]["services"] & object) {
  return stepFacts("s", defineStep({ summary: "s", config: z.strictObject({}), services, run: async () => {} }));
}

describe("the services of a step", () => {
  it("that no plugin provides are told", () => {
    const issues: Issue[] = [];
    chooseServices(phase, step({ index: defineToken<object>("made-up/index") }), nobody, issues);
    expect(issues).toEqual([
      {
        path: ["phases", "a", "step"],
        message: "the step s asks for made-up/index, which no plugin provides.",
        hint: "Add a plugin that provides it to plugins.json.",
      },
    ]);
  });

  it("are looked for behind one of the engine's", () => {
    const issues: Issue[] = [];
    chooseServices(phase, step({ clock: Clock, index: defineToken<object>("made-up/index") }), nobody, issues);
    expect(issues).toHaveLength(1);
  });

  it("that the engine provides need no plugin", () => {
    const issues: Issue[] = [];
    const engines = { clock: Clock, processes: Processes, metadata: Metadata };
    expect(chooseServices(phase, step(engines), nobody, issues).size).toBe(0);
    expect(issues).toEqual([]);
  });
});
