import { describe, expect, it } from "vitest";
import { trainingCurves } from "./training-curves.ts";

const history = [1, 2, 3].map((epoch) => ({ epoch, loss: 1 / epoch, mcc: epoch / 4 }));

describe("trainingCurves", () => {
  it("draws a line for each column, and a dot on each where weights were kept", () => {
    const svg = trainingCurves("Training", history, ["loss", "mcc"], history[1]);
    expect(svg.match(/<path /g)).toHaveLength(2);
    for (const word of ["Training", "loss", "mcc", "kept", "epoch"]) expect(svg).toContain(`>${word}<`);
    // Two dots, and the one that explains them.
    expect(svg.match(/<circle /g)).toHaveLength(3);
  });

  it("draws no dot where the last weights are kept, and nothing where there was no epoch", () => {
    expect(trainingCurves("Training", history, ["loss"])).not.toContain("<circle");
    expect(trainingCurves("Training", [], ["loss"])).toContain("</svg>");
  });
});
