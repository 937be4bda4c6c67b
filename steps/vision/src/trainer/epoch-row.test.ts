import { describe, expect, it } from "vitest";
import { type EpochRow, epochScore, isBetter } from "./epoch-row.ts";

const row = (changes: Partial<EpochRow>): EpochRow => ({
  epoch: 1,
  train_loss: 0.5,
  val_loss: 0.5,
  mcc: 0.5,
  score: 0.5,
  accuracy: 0.7,
  lr: 0.001,
  ...changes,
});

describe("isBetter", () => {
  it.each([
    ["anything than nothing", row({ score: -1 }), undefined, true],
    ["a greater score in spite of its loss", row({ score: 0.6, val_loss: 9 }), row({}), true],
    ["a smaller score in spite of its loss", row({ score: 0.4, val_loss: 0 }), row({}), false],
    ["an equal score of smaller loss", row({ val_loss: 0.4 }), row({}), true],
    ["an equal score of equal loss", row({}), row({}), false],
  ])("judges %s", (_, candidate, best, expected) => {
    expect(isBetter(candidate, best)).toBe(expected);
  });
});

describe("epochScore", () => {
  const earlier = [0.1, 0.2, 0.3].map((mcc, index) => row({ epoch: index + 1, mcc }));

  it.each([
    [1, 0.7],
    [2, 0.5],
    [3, 0.4],
    [4, 0.325],
    [9, 0.325],
  ])("is the mean over the last %d epochs, or those there are", (chooseOver, expected) => {
    expect(epochScore(0.7, earlier, chooseOver)).toBeCloseTo(expected, 12);
  });

  it("lets one lucky epoch not beat steady good ones", () => {
    const mccs = [0.1, 1, 0.2, 0.9, 0.9, 0.9, 0.9, 0.9];
    const history: EpochRow[] = [];
    for (const mcc of mccs) history.push(row({ mcc, score: epochScore(mcc, history, 5) }));
    const best = history.reduce((kept, each) => (isBetter(each, kept) ? each : kept));
    expect(history.indexOf(best)).toBe(7);
  });
});
