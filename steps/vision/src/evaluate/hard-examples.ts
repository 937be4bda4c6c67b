import type { Decision } from "../policy/decide.ts";
import type { HardExamples } from "./evaluation.ts";

/** The pictures that are most telling, at most `most` of each sort; see `HardExamples`. Deferred ones are in none. */
export function hardExamples(
  names: readonly string[],
  labels: ArrayLike<number>,
  decisions: readonly Decision[],
  most: number,
): HardExamples {
  const all = decisions.map(({ call, probability }, row) => ({
    call,
    confidence: Math.max(probability, 1 - probability),
    shown: { name: names[row]!, label: labels[row]!, probability },
  }));
  type One = (typeof all)[number];
  const pick = (isMeant: (one: One) => boolean, order: (one: One) => number) =>
    all
      .filter(isMeant)
      .sort((a, b) => order(a) - order(b))
      .slice(0, most)
      .map(({ shown }) => shown);
  return {
    false_positives: pick(
      ({ call, shown }) => call === 1 && shown.label === 0,
      ({ shown }) => -shown.probability,
    ),
    false_negatives: pick(
      ({ call, shown }) => call === 0 && shown.label === 1,
      ({ shown }) => shown.probability,
    ),
    low_confidence_correct: pick(
      ({ call, confidence, shown }) => call === shown.label && confidence < 0.7,
      ({ confidence }) => confidence,
    ),
  };
}
