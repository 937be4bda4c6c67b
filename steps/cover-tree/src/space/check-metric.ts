import { StepError } from "@orchestrate/sdk";
import { randomNumbers } from "../random/random-numbers.ts";
import type { Space } from "./space.ts";

/** Triples that are tried. */
const TRIED = 5000;

/**
 * Tries the triangle inequality on triples of points, and that distances are the same both ways.
 *
 * @param name of the distance, for errors.
 * @throws StepError `distance-not-metric` (invariant), which names the points.
 */
export function checkMetric(space: Space, name: string, seed: number): void {
  const random = randomNumbers(seed);
  const { relative, absolute } = space.slack;
  const apart = (a: number, b: number) => space.toMetric(space.between(a, b));
  for (let tried = 0; tried < TRIED && space.count > 1; tried++) {
    const [a, b, c] = [random.below(space.count), random.below(space.count), random.below(space.count)];
    const direct = apart(a, c);
    const around = apart(a, b) + apart(b, c);
    const margin = 4 * relative * (direct + around) + 4 * Math.sqrt(absolute);
    if (direct > around + margin)
      throw notMetric(name, `rows ${a} and ${c} lie ${direct} apart, and ${around} by way of row ${b}`);
    if (Math.abs(direct - apart(c, a)) > margin)
      throw notMetric(name, `rows ${a} and ${c} lie ${direct} apart, and ${apart(c, a)} the other way`);
  }
}

function notMetric(name: string, what: string): StepError {
  return new StepError({
    error: "distance-not-metric",
    category: "invariant",
    detail: `The distance "${name}" is declared a metric and is none: ${what}.`,
    hint: "Declare it with metric: false; queries then look at every point.",
  });
}
