import type { ImageSet } from "../images/image-set.ts";
import type { TrainOptions } from "./train-options.ts";

/** What an image of each class weighs; the mean over the set is 1. */
export function classWeights(
  { labels, classes }: Pick<ImageSet, "labels" | "classes">,
  how: TrainOptions["classWeights"],
): readonly number[] {
  switch (how) {
    case "none":
      return classes.map(() => 1);
    case "balanced": {
      const counts = classes.map((_, label) => labels.reduce((sum, each) => sum + (each === label ? 1 : 0), 0));
      return counts.map((count) => (count === 0 ? 0 : labels.length / (classes.length * count)));
    }
    default:
      return how satisfies never;
  }
}
