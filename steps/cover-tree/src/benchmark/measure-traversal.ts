import type { Clock } from "@orchestrate/sdk";
import { answerQueries, type Workload } from "../query/answer-queries.ts";
import type { Answers } from "../query/answers.ts";
import type { SearchPlan } from "../query/search-plan.ts";
import type { OpenSpace } from "../space/open-space.ts";
import type { BenchmarkRow } from "./benchmark-row.ts";

/** Has one way answer the queries several times. */
export async function measureTraversal(
  open: OpenSpace,
  plan: SearchPlan,
  work: Workload,
  {
    kind,
    reference,
    repeat,
    clock,
    points,
  }: {
    readonly kind: string;
    readonly reference: Answers;
    readonly repeat: number;
    readonly clock: Clock;
    readonly points: number;
  },
): Promise<BenchmarkRow> {
  const times: number[] = [];
  let answers = reference;
  for (let round = 0; round < repeat; round++) {
    const start = clock.monotonic();
    answers = await answerQueries(open, plan, work);
    times.push(clock.monotonic() - start);
  }
  const milliseconds = times.sort((a, b) => a - b)[times.length >> 1]!;
  const queries = work.queries.length;
  return {
    traversal: kind,
    milliseconds,
    queries_per_second: milliseconds === 0 ? null : (queries * 1000) / milliseconds,
    evaluations: answers.evaluations / queries,
    pruned_share: Math.max(0, 1 - answers.evaluations / (queries * points)),
    recall: agreement(answers, reference),
  };
}

/** The share of neighbours that are the same, in place, row and distance. */
function agreement(answers: Answers, reference: Answers): number {
  const total = Math.max(answers.rows.length, reference.rows.length);
  if (total === 0) return 1;
  let same = 0;
  for (let index = 0; index < total; index++) {
    if (
      answers.rows[index] === reference.rows[index] &&
      Object.is(answers.distances[index], reference.distances[index])
    ) {
      same++;
    }
  }
  return same / total;
}
