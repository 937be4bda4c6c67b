import { digestOf } from "../digest.ts";
import { bySplit } from "../images/by-split.ts";
import { type SplitName, splitNames } from "../images/split-kinds.ts";
import type { Origin } from "./origin.ts";

/** The origin of each split, from the digests of the pictures that lie in it. The order of pictures does not matter. */
export function cutOf(sources: Readonly<Record<SplitName, readonly string[]>>): Record<SplitName, Origin> {
  const pool = digestOfAll(splitNames.flatMap((split) => sources[split]));
  const cut = digestOfAll(splitNames.flatMap((split) => sources[split].map((source) => `${split} ${source}`)));
  return bySplit((split) => ({ split, cut, pool }));
}

function digestOfAll(lines: readonly string[]): string {
  return digestOf(lines.toSorted().join("\n"));
}
