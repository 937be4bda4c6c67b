import { StepError } from "@orchestrate/sdk";

/**
 * Where each query's neighbours begin, and last where all end.
 *
 * @param counts how many neighbours each query has.
 * @throws StepError `neighbours-too-many` (input) where they are more than 32 bits can count.
 */
export function offsetsOf(counts: Int32Array): Int32Array {
  const offsets = new Int32Array(counts.length + 1);
  let end = 0;
  for (const [index, count] of counts.entries()) {
    end += count;
    offsets[index + 1] = end;
  }
  if (end <= LARGEST) return offsets;
  throw new StepError({
    error: "neighbours-too-many",
    category: "input",
    detail: `The queries have ${end} neighbours together, and at most ${LARGEST} can be written.`,
    hint: "Ask fewer queries at a time, for fewer neighbours or a smaller radius.",
  });
}

/** The greatest int32. */
const LARGEST = 2 ** 31 - 1;
