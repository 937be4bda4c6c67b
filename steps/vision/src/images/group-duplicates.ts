import { createHash } from "node:crypto";
import type { Picture } from "./image-set.ts";
import type { Group } from "./stratified-split.ts";

export interface Grouping {
  readonly groups: readonly Group[];
  /** Names of pictures whose pixels are equal though their classes differ, one list for each such picture. */
  readonly conflicts: readonly (readonly string[])[];
  /** How many pictures are copies of an earlier one of their class. */
  readonly duplicates: number;
}

/**
 * Brings pictures with equal pixels together, so that no copy of a training picture is met again in another split.
 * Pixels are compared at the size the model sees.
 */
export function groupDuplicates(pictures: readonly Picture[]): Grouping {
  const byPixels = new Map<string, number[]>();
  for (const [position, { pixels }] of pictures.entries()) {
    const digest = createHash("sha256").update(pixels).digest("base64");
    const members = byPixels.get(digest);
    if (members === undefined) byPixels.set(digest, [position]);
    else members.push(position);
  }
  const groups: Group[] = [];
  const conflicts: string[][] = [];
  let duplicates = 0;
  for (const members of byPixels.values()) {
    const label = pictures[members[0]!]!.label;
    if (members.some((position) => pictures[position]!.label !== label)) {
      conflicts.push(members.map((position) => pictures[position]!.name));
    } else {
      groups.push({ label, members });
      duplicates += members.length - 1;
    }
  }
  return { groups, conflicts, duplicates };
}
