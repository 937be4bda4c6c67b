import { StepError } from "@orchestrate/sdk";
import { generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { bySplit } from "./by-split.ts";
import { type SplitName, splitNames } from "./split-kinds.ts";

/** Pictures that must stay together, because their pixels are equal. All have the same label. */
export interface Group {
  readonly label: number;
  /** Positions of its pictures in the caller's list. */
  readonly members: readonly number[];
}

/**
 * Divides groups so that in each class every split gets its share, to the nearest group. Equal seeds and equal groups
 * give equal splits; a picture's place does not depend on the other class.
 *
 * @returns positions of pictures for each split, ascending.
 * @throws StepError `class-too-small` (input) where a split would get fewer than `minimum` pictures of a class.
 */
export function stratifiedSplit(
  groups: readonly Group[],
  options: {
    readonly fractions: Readonly<Record<SplitName, number>>;
    readonly classes: readonly string[];
    /** Pictures of each class that each split must get. */
    readonly minimum: number;
    readonly seed: number;
  },
): Record<SplitName, number[]> {
  const splits = bySplit<number[]>(() => []);
  for (const [label, name] of options.classes.entries()) {
    const ofClass = groups.filter((group) => group.label === label);
    const parts = divide(shuffled(ofClass, generator(options.seed, label)), options.fractions);
    for (const split of splitNames) {
      if (parts[split].length < options.minimum) throw tooSmall(name, split, parts, ofClass.length, options.minimum);
      splits[split].push(...parts[split]);
    }
  }
  for (const split of splitNames) splits[split].sort((a, b) => a - b);
  return splits;
}

/** Gives each group, the larger ones first, to the split that still lacks most. */
function divide(groups: readonly Group[], fractions: Readonly<Record<SplitName, number>>): Record<SplitName, number[]> {
  const total = groups.reduce((sum, { members }) => sum + members.length, 0);
  const parts = bySplit<number[]>(() => []);
  const lacking = (split: SplitName) => fractions[split] * total - parts[split].length;
  for (const group of groups.toSorted((a, b) => b.members.length - a.members.length)) {
    const neediest = splitNames.reduce((best, split) => (lacking(split) > lacking(best) + 1e-9 ? split : best));
    parts[neediest].push(...group.members);
  }
  return parts;
}

function tooSmall(
  name: string,
  split: SplitName,
  parts: Readonly<Record<SplitName, readonly number[]>>,
  different: number,
  minimum: number,
): StepError {
  const total = splitNames.reduce((sum, each) => sum + parts[each].length, 0);
  const copies = different < total ? ` (${different} different ones; copies stay in one split)` : "";
  return new StepError({
    error: "class-too-small",
    category: "input",
    detail: `Class "${name}" has ${total} images${copies}, which leaves ${parts[split].length} for ${split}; it needs at least ${minimum}.`,
    hint: `Add PNG, JPEG or WebP images of "${name}", give ${split} a larger share in split or conformal, or lower minimum.`,
  });
}
