import { describe, expect, it } from "vitest";
import { describeEnd } from "./describe-epoch.ts";

describe("describeEnd", () => {
  it("says why training ended", () => {
    const kept = { epoch: 9, mcc: 0.87654 };
    expect(describeEnd(30, kept, { epochs: 30, patience: 10 })).toBe(
      "ended after 30 epochs, as many as asked for; kept epoch 9, mcc 0.8765",
    );
    expect(describeEnd(19, kept, { epochs: 30, patience: 10 })).toBe(
      "ended after 19 epochs, 10 epochs without a better one (patience); kept epoch 9, mcc 0.8765",
    );
  });
});
