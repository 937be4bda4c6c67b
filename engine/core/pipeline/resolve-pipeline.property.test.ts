import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPhases } from "../testing/arbitrary-phases.ts";
import { parseProfile } from "./overlay.ts";
import { resolvePipeline } from "./resolve-pipeline.ts";

const nothing = { profile: undefined, overrides: [], seed: undefined };
/** As it comes back from a file: JSON has no negative zero. */
const arbitraryJson = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const arbitraryLaid = fc.record({
  seed: fc.option(fc.nat(), { nil: undefined }),
  durability: fc.constantFrom("strict", "relaxed"),
  concurrency: fc.option(fc.integer({ min: 1, max: 64 })),
  with: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), arbitraryJson),
  value: arbitraryJson,
});

describe("a resolved document", () => {
  it("resolves again, as JSON and with nothing laid over it, to an equal pipeline", () => {
    fc.assert(
      fc.property(arbitraryPhases, arbitraryLaid, (phases, laid) => {
        const steps = Object.entries(phases).map(([name, phase]) => [name, { step: "made-up/any", ...phase }]);
        const document = { pipeline: "p", services: { "a/b": "c" }, phases: Object.fromEntries(steps) };
        const profile = parseProfile(
          {
            profile: "p",
            description: "d",
            workload: "w",
            durability: laid.durability,
            concurrency: laid.concurrency,
            steps: { "made-up/any": { with: laid.with, retry: { attempts: 2 } } },
          },
          "p.yaml",
        );
        if ("issues" in profile) throw new Error(JSON.stringify(profile.issues));
        const first = resolvePipeline(document, {
          profile: profile.profile,
          overrides: [{ path: ["list", "with", "value"], value: laid.value, origin: "--set" }],
          seed: laid.seed,
        });
        const again = resolvePipeline(JSON.parse(JSON.stringify(first.resolved)), nothing);
        expect(again.pipeline).toEqual(first.pipeline);
        expect(again.resolved).toEqual(JSON.parse(JSON.stringify(first.resolved)));
      }),
      { numRuns: 300 },
    );
  });
});
