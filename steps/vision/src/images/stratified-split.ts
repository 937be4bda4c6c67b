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
 * @throws StepError `class-too-small` (input) where a split would get fewer than `minimum` pictures of a class; of two
 * such classes the smaller is named.
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
  const divided = options.classes.map((name, label) => {
    const ofClass = groups.filter((group) => group.label === label);
    return { name, ofClass, parts: divide(shuffled(ofClass, generator(options.seed, label)), options.fractions) };
  });
  for (const { name, ofClass, parts } of divided.toSorted((a, b) => a.ofClass.length - b.ofClass.length)) {
    const split = splitNames.find((each) => parts[each].length < options.minimum);
    if (split !== undefined) throw tooSmall(name, split, parts, ofClass.length, options.minimum);
  }
  return bySplit((split) => divided.flatMap(({ parts }) => parts[split]).sort((a, b) => a - b));
}

/** Gives each group, the larger ones first, to the split that still lacks most. */
function divide(groups: readonly Group[], fractions: Readonly<Record<SplitName, number>>): Record<SplitName, number[]> {
  const total = groups.reduce((sum, { members }) => sum + members.length, 0);
  const parts = bySplit<number[]>(() => []);
  const lacking = (split: SplitName) => fractions[split] * total - parts[split].length;
  for (const group of groups.toSorted((a, b) => b.members.length - a.members.length)) {
    const neediest = splitNames.reduce((best, split) => (lacking(split) > lacking(best) + 1e-9 ? split : best));
    for (const member of group.members) parts[neediest].push(member);
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
    hint: `Add images of "${name}", give ${split} a larger share in split or conformal, or lower minimum.`,
  });
}
