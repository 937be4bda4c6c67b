import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankConfidences, rankScores } from "./ranked-scores.ts";

describe("rankConfidences", () => {
  it("gives what ranking the confidences themselves gives", () => {
    const rows = fc.array(fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), label: fc.nat(1) }));
    fc.assert(
      fc.property(rows, (pictures) => {
        const probabilities = Float64Array.from(pictures, ({ p }) => p);
        const labels = pictures.map(({ label }) => label);
        const confidences = probabilities.map((p) => Math.max(p, 1 - p));
        const wrong = pictures.map(({ p, label }) => (p >= 0.5 === (label === 1) ? 0 : 1));
        expect(rankConfidences(rankScores(probabilities, labels))).toEqual(rankScores(confidences, wrong));
      }),
    );
  });
});
