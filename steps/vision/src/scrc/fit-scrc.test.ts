import { describe, expect, it } from "vitest";
import { allowedOnAverage, allowedWithConfidence } from "./allowed-errors.ts";
import { type CalibrationPair, calibrationPairs } from "./calibration-pair.ts";
import { decideSelected } from "./decide-selected.ts";
import { dkwMargin } from "./dkw-margin.ts";
import { fitScrc } from "./fit-scrc.ts";

const right = (count: number): CalibrationPair[] =>
  Array.from({ length: count }, (_, index) => ({ score: index, confidence: 0.9, needed: 0 }));

describe("dkwMargin", () => {
  it.each([
    [18, 0.32011],
    [100, 0.13581],
    [1000, 0.04295],
    [10000, 0.01358],
  ])("of %i pictures is %f", (count, margin) => {
    expect(dkwMargin(count, 0.05)).toBeCloseTo(margin, 5);
  });

  it.each([
    [18, 2.9517],
    [100, 0.6309],
    [1000, 0.0929],
  ])("leaves no budget at α = 0.02 to a share of %i pictures below %f", (count, least) => {
    expect(dkwMargin(count, 0.05) + 1 / ((count + 1) * 0.02)).toBeCloseTo(least, 4);
  });
});

describe("the errors that are allowed", () => {
  it("on average are those of conformal risk control", () => {
    expect([18, 19, 38, 39, 99].map((count) => allowedOnAverage(count, 0.05))).toEqual([-1, 0, 0, 1, 4]);
    expect([98, 99].map((count) => allowedOnAverage(count, 0.29))).toEqual([27, 28]);
  });

  it("with confidence are those of the binomial distribution", () => {
    // P(Bin(n, 0.05) = 0) ≤ 0.05 from n = 59 on; for one error from n = 93, the numbers of acceptance sampling.
    expect([58, 59, 92, 93].map((count) => allowedWithConfidence(count, 0.05, 0.05))).toEqual([-1, 0, 0, 1]);
    expect(allowedWithConfidence(0, 0.05, 0.05)).toBe(-1);
    expect(allowedWithConfidence(100_000, 0.1, 0.05)).toBe(9843);
  });
});

describe("calibrationPairs", () => {
  it("needs the confidence of a call that is a loss, and nothing for others", () => {
    const scores = Float64Array.of(1, 2, 3);
    const probabilities = Float64Array.of(0.9, 0.2, 0.4);
    const needed = (loss: "miscoverage" | "missed-positive") =>
      calibrationPairs(scores, probabilities, [0, 1, 0], loss).map((pair) => pair.needed);
    expect(needed("miscoverage")).toEqual([0.9, 0.8, 0]);
    expect(needed("missed-positive")).toEqual([0, 0.8, 0]);
  });
});

describe("fitScrc", () => {
  const target = { alpha: 0.02, xi: 0.5, delta: 0.05 };

  it("answers infeasible to 18 pictures and α = 0.02, whatever they hold", () => {
    expect(fitScrc(right(18), { variant: "T", ...target }).outcome).toEqual({
      status: "infeasible",
      variant: "T",
      reason: "9 selected pictures can't show a mean loss of at most 0.02: it takes 49",
    });
    expect(fitScrc(right(18), { variant: "I", ...target }).outcome).toMatchObject({
      status: "infeasible",
      reason: "16 selected pictures can't show a risk of at most 0.02 with confidence 0.975, even without a loss",
    });
  });

  it("says so where ξ can't be shown, and where too many scores are equal at the border", () => {
    expect(fitScrc(right(18), { variant: "I", ...target, xi: 0.9 }).outcome).toMatchObject({
      reason: "18 pictures can't show that at least 0.9 of all are selected: the margin is 0.349",
    });
    const equal = right(400).map((pair) => ({ ...pair, score: Math.floor(pair.score / 100) }));
    expect(fitScrc(equal, { variant: "I", ...target }).outcome).toMatchObject({
      status: "infeasible",
      reason: "31 pictures have the score at the border, 1",
    });
    expect(fitScrc([], { variant: "I", ...target }).outcome.status).toBe("infeasible");
    expect(fitScrc([], { variant: "T", ...target }).outcome.status).toBe("infeasible");
  });

  it("answers infeasible where only {0, 1} for all would do", () => {
    const wrong = right(400).map((pair) => ({ ...pair, needed: 0.9 }));
    for (const variant of ["T", "I"] as const) {
      expect(fitScrc(wrong, { variant, ...target }).outcome).toEqual({
        status: "infeasible",
        variant,
        reason: "every selected picture would get both labels, {0, 1}",
      });
    }
  });

  it("selects the share that is asked for, and decides where confidence is above λ₂", () => {
    const pairs = right(400).map((pair, index) => ({ ...pair, confidence: index % 2 === 0 ? 0.6 : 0.9 }));
    const some = pairs.map((pair, index) => (index % 20 === 0 ? { ...pair, needed: 0.6 } : pair));
    const found = fitScrc(some, { variant: "T", ...target });
    expect(found.found).toMatchObject({ count: 400, selected: 200, decided: 100, risk: 0 });
    const decided = (score: number, confidence: number) =>
      decideSelected({ ...found, ...target }, Float64Array.of(score), Float64Array.of(confidence), "single")[0];
    expect([decided(300, 0.9), decided(300, 0.6), decided(198.5, 0.9), decided(200.5, 0.9)]).toEqual([1, 0, 0, 1]);
  });

  it("selects who lies at the border, alone and jointly", () => {
    const found = fitScrc(right(100), { variant: "T", ...target });
    const decided = (batch: "single" | "joint", ...scores: number[]) => [
      ...decideSelected({ ...found, ...target }, Float64Array.from(scores), new Float64Array(9).fill(0.9), batch),
    ];
    // Of 101 scores the 51st greatest counts: that of the picture itself, or 49, which it may equal.
    expect(decided("single", 50, 49.5, 49, 48.9)).toEqual([1, 1, 1, 0]);
    // Of 103 the 52nd, 49.
    expect(decided("joint", 49.5, 48.5, 47.5)).toEqual([1, 0, 0]);
  });

  it("gives half of δ to the share that is selected, and half to the risk", () => {
    const alpha = 0.1;
    const selected = Math.ceil(2000 * (0.5 + dkwMargin(2000, 0.025)));
    const allowed = allowedWithConfidence(selected, alpha, 0.025);
    expect(allowedWithConfidence(selected, alpha, 0.05)).toBeGreaterThan(allowed);
    const lambda2 = (errors: number) => {
      const pairs = right(2000).map((pair) => ({ ...pair, needed: pair.score >= 2000 - errors ? 0.8 : 0 }));
      return fitScrc(pairs, { variant: "I", ...target, alpha }).outcome;
    };
    expect(lambda2(allowed)).toMatchObject({ status: "feasible", lambda1: 1999 - selected, lambda2: 0 });
    expect(lambda2(allowed + 1)).toMatchObject({ status: "feasible", lambda2: 0.8 });
  });

  it("may decide otherwise jointly than one by one", () => {
    const found = fitScrc(right(100), { variant: "T", ...target });
    const scores = Float64Array.from({ length: 20 }, () => 99.5);
    const confidences = new Float64Array(20).fill(0.9);
    const decided = (batch: "single" | "joint", all: Float64Array) =>
      decideSelected({ ...found, ...target }, all, confidences, batch);
    // Twenty pictures of high score leave less room below them than each of them alone.
    const mixed = Float64Array.from([...scores, 50.5]);
    const withRoom = decideSelected({ ...found, ...target }, mixed, new Float64Array(21).fill(0.9), "joint");
    expect(decided("single", scores)).toEqual(new Uint8Array(20).fill(1));
    expect(decideSelected({ ...found, ...target }, Float64Array.of(50.5), confidences, "single")[0]).toBe(1);
    expect(withRoom[20]).toBe(0);
  });
});
