import { Surveyors } from "../threads/surveyors.ts";
import { addLeaves } from "./add-leaves.ts";
import { crowdedNodes, type Growth } from "./growth.ts";
import type { InsertOptions, Schedule } from "./insert-options.ts";
import { partLeaves, type Round } from "./part-leaves.ts";

/**
 * Puts points into a tree, in batches that grow: each point goes to the leaves of the lowest node that covers it; then
 * the leaves of every node that has too many are parted, in rounds, until none has. What comes out depends on the
 * points, their order and the options only, and not on the number of threads.
 *
 * @param order positions that are not in the tree.
 */
export async function insertPoints(growth: Growth, order: Int32Array, options: InsertOptions): Promise<void> {
  await using surveyors = new Surveyors(growth, order.length, options);
  let done = 0;
  let size = 1;
  for (let index = 0; done < order.length; index++) {
    const batch = order.subarray(done, done + size);
    const evaluationsBefore = growth.evaluations;
    const rounds = await insertBatch(growth, batch, options, surveyors);
    const sum = (of: "candidates" | "selected" | "dominated" | "conflicts") =>
      rounds.reduce((total, round) => total + round[of], 0);
    const [candidates, dominated] = [sum("candidates"), sum("dominated")];
    options.onBatch({
      index,
      size: batch.length,
      candidates,
      selected: sum("selected"),
      dominated,
      conflicts: sum("conflicts"),
      rounds: rounds.length,
      evaluations: growth.evaluations - evaluationsBefore,
    });
    done += batch.length;
    size = nextSize(options.schedule, size, candidates === 0 ? 0 : dominated / candidates);
  }
}

async function insertBatch(growth: Growth, batch: Int32Array, options: InsertOptions, surveyors: Surveyors) {
  await addLeaves(growth, batch, surveyors);
  const crowded = new Set(crowdedNodes(growth));
  const rounds: Round[] = [];
  while (crowded.size > 0) rounds.push(await partLeaves(growth, crowded, options, surveyors));
  return rounds;
}

/** @param dominated the share of the last batch's candidates. */
function nextSize(schedule: Schedule, size: number, dominated: number): number {
  if (schedule.kind === "doubling") return size * 2;
  const { low, high, small, medium, large } = schedule;
  const factor = dominated >= high ? small : dominated <= low ? large : medium;
  return Math.max(size + 1, Math.round(size * factor));
}
