import { type BinaryMetrics, binaryMetrics } from "../metrics/binary-metrics.ts";
import { confusion } from "../metrics/confusion.ts";
import { type ScoreMetrics, scoreMetrics } from "../metrics/score-metrics.ts";
import type { Decision } from "../policy/decide.ts";

export type DecisionMetrics = BinaryMetrics & ScoreMetrics & { readonly coverage: number };

/** All metrics of some pictures: of their decisions, where they were decided, and of their probabilities. */
export function measureDecisions(
  decisions: readonly Decision[],
  labels: ArrayLike<number>,
  rows: ArrayLike<number>,
): DecisionMetrics {
  const probabilities = new Float64Array(rows.length);
  const truths = new Uint8Array(rows.length);
  const calls: number[] = [];
  const decided: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const { call, probability } = decisions[row]!;
    probabilities[at] = probability;
    truths[at] = labels[row]!;
    if (call === null) continue;
    calls.push(call);
    decided.push(labels[row]!);
  }
  return {
    ...binaryMetrics(confusion(decided, calls)),
    ...scoreMetrics(probabilities, truths),
    coverage: rows.length === 0 ? 0 : calls.length / rows.length,
  };
}
