import { describe, expect, it } from "vitest";
import { type Generator, generator } from "../random/generator.ts";
import { type CalibrationPair, leastLambda } from "./calibration-pair.ts";
import { decideSelected } from "./decide-selected.ts";
import { fitScrc } from "./fit-scrc.ts";

/**
 * A model whose true risk is known: its confidence c is uniform in [½, 1), and its call is wrong with probability
 * q(c) = bias · (1 − c), which is more than it says where the bias is above 1.
 */
const bias = 1.4;
const wrong = (confidence: number) => bias * (1 - confidence);

function draw(random: Generator): CalibrationPair {
  const confidence = random.between(0.5, 1);
  return { score: confidence, confidence, needed: random.next() < wrong(confidence) ? confidence : 0 };
}

/** E[loss | selected] where scores above λ₁ are selected: ∫ q over [max(λ₁, λ₂), 1], by 1 − λ₁. */
function trueRisk(lambda1: number, lambda2: number): number {
  const from = Math.max(lambda1, lambda2, 0.5);
  return (bias * (1 - from) ** 2) / 2 / (1 - Math.max(lambda1, 0.5));
}

const rounds = 5000;
const sample = (random: Generator, count: number) => Array.from({ length: count }, () => draw(random));

/** The mean of some numbers, and its standard error. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** The true risk of one picture for each round in which it is selected, and the share of rounds in which it is. */
function transductiveRisks(seed: number, count: number, alpha: number, xi: number) {
  const random = generator(seed);
  const risks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { outcome } = fitScrc(sample(random, count), { variant: "T", alpha, xi, delta: 1 });
    if (outcome.status === "infeasible") throw new Error(outcome.reason);
    const { score, confidence } = draw(random);
    // Selected: by decideSelected with a confidence that no λ takes away.
    const selected = decideSelected({ outcome, alpha, xi }, Float64Array.of(score), Float64Array.of(2), "single");
    if (selected[0] === 0) continue;
    const decided = decideSelected(
      { outcome, alpha, xi },
      Float64Array.of(score),
      Float64Array.of(confidence),
      "single",
    );
    risks.push(decided[0] === 1 ? wrong(confidence) : 0);
  }
  return { ...meanOf(risks), selected: risks.length / rounds };
}

describe("SCRC-T keeps its promise on a model whose true risk is known", () => {
  it.each([
    [1, 100, 0.1, 0.7],
    [2, 60, 0.2, 0.5],
    [3, 200, 0.05, 0.3],
  ])("seed %i, n %i, α %f, ξ %f: mean risk ≤ α + 3·SE, and not far below", (seed, count, alpha, xi) => {
    const { mean, error, selected } = transductiveRisks(seed, count, alpha, xi);
    expect(mean).toBeLessThanOrEqual(alpha + 3 * error);
    // CRC is at most 2B/(n + 1) below α; and a promise kept by never deciding would be none.
    expect(mean).toBeGreaterThan(alpha - 2 / (xi * count) - 3 * error);
    const spread = Math.sqrt((xi * (1 - xi)) / rounds);
    expect(selected).toBeGreaterThan(xi - 3 * spread);
    expect(selected).toBeLessThan(xi + 1 / count + 3 * spread);
  });

  it("keeps it where a batch is selected jointly", () => {
    const random = generator(4);
    const [alpha, xi, batch] = [0.1, 0.6, 10];
    const risks: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { outcome } = fitScrc(sample(random, 80), { variant: "T", alpha, xi, delta: 1 });
      const pictures = sample(random, batch);
      const scores = Float64Array.from(pictures, ({ score }) => score);
      const confidences = Float64Array.from(pictures, ({ confidence }) => confidence);
      const selected = decideSelected({ outcome, alpha, xi }, scores, new Float64Array(batch).fill(2), "joint");
      const decided = decideSelected({ outcome, alpha, xi }, scores, confidences, "joint");
      // The first picture stands for any one of them.
      if (selected[0] === 1) risks.push(decided[0] === 1 ? wrong(confidences[0]!) : 0);
    }
    const { mean, error } = meanOf(risks);
    expect(mean).toBeLessThanOrEqual(alpha + 3 * error);
  });

  it("rejects a double-dipped policy: a selection chosen by the losses that then calibrate it", () => {
    const random = generator(5);
    const [alpha, xi] = [0.1, 0.3];
    const risks: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const pairs = sample(random, 100);
      const allowed = (count: number) => Math.floor(alpha * (count + 1)) - 1;
      // Among all selections that take enough, the one that decides most; as if it had been fixed beforehand.
      const best = Array.from({ length: 71 }, (_, index) => {
        const lambda1 = 0.5 + index / 200;
        const selected = pairs.filter(({ score }) => score > lambda1);
        const lambda2 = leastLambda(
          selected.map(({ needed }) => needed),
          allowed(selected.length),
        );
        const isDecided = ({ confidence }: CalibrationPair) => confidence > lambda2;
        return {
          lambda1,
          lambda2,
          decided: selected.filter(isDecided).length / selected.length,
          size: selected.length,
        };
      })
        .filter(({ size }) => size >= xi * pairs.length)
        .reduce((most, each) => (each.decided > most.decided ? each : most));
      risks.push(trueRisk(best.lambda1, best.lambda2));
    }
    const { mean, error } = meanOf(risks);
    expect(mean).toBeGreaterThan(alpha + 3 * error);
  });
});

describe("SCRC-I keeps its promise on a model whose true risk is known", () => {
  const violations = (seed: number, count: number, target: { alpha: number; xi: number; delta: number }) => {
    const random = generator(seed);
    let risky = 0;
    let scarce = 0;
    for (let round = 0; round < rounds; round++) {
      const { outcome } = fitScrc(sample(random, count), { variant: "I", ...target });
      if (outcome.status === "infeasible" || outcome.variant !== "I") continue;
      if (trueRisk(outcome.lambda1, outcome.lambda2) > target.alpha) risky++;
      if (2 * (1 - outcome.lambda1) < target.xi) scarce++;
    }
    return { risky: risky / rounds, scarce: scarce / rounds };
  };

  it.each([
    [6, 200, { alpha: 0.15, xi: 0.5, delta: 0.1 }],
    [7, 300, { alpha: 0.1, xi: 0.4, delta: 0.2 }],
  ])("seed %i, n %i, %o: violated in at most a share δ of the calibrations", (seed, count, target) => {
    const { risky, scarce } = violations(seed, count, target);
    const slack = 3 * Math.sqrt((target.delta * (1 - target.delta)) / rounds);
    expect(risky).toBeLessThanOrEqual(target.delta + slack);
    expect(scarce).toBeLessThanOrEqual(target.delta + slack);
    // Each half of δ is spent on one of the two, so a risk bound that is tight is violated in nearly δ/2.
    expect(risky).toBeGreaterThan(target.delta / 10);
  });

  it("where a rule that bounds the mean alone is violated by far more of them", () => {
    // Errors among the selected ≤ ⌈(n + 1)·α·(ξ̂ − ε)⌉ − 1 bounds E[loss], not the share of bad calibrations.
    const random = generator(8);
    const [count, alpha, delta] = [2000, 0.1, 0.1];
    const margin = Math.sqrt(Math.log(2 / delta) / (2 * count));
    let risky = 0;
    for (let round = 0; round < 1000; round++) {
      const descending = sample(random, count).sort((a, b) => b.score - a.score);
      const rank = Math.ceil(0.98 * count);
      const lambda1 = descending[rank]!.score;
      const budget = Math.ceil((count + 1) * alpha * (rank / count - margin)) - 1;
      const lambda2 = leastLambda(
        descending.slice(0, rank).map(({ needed }) => needed),
        budget,
      );
      if (trueRisk(lambda1, lambda2) > alpha) risky++;
    }
    expect(risky / 1000).toBeGreaterThan(2 * delta);
  });
});
