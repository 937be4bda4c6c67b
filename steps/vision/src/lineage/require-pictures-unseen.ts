import { StepError } from "@orchestrate/sdk";
import type { Split } from "../images/image-set.ts";
import { type PictureSet, positionsIn } from "./picture-set.ts";

/**
 * Refuses to use something on a split some of whose pictures it has seen, wherever it saw them: folders that merely
 * overlap have different pools, so `requireUnseen` can't tell.
 *
 * @param step the step that asks, for the error.
 * @param what what has seen pictures, for the error, as `the backbone`.
 * @throws StepError `pictures-seen` (policy), naming step, split and the first picture.
 */
export function requirePicturesUnseen(
  step: string,
  what: string,
  seen: PictureSet,
  { origin, names, sources }: Pick<Split, "origin" | "names" | "sources">,
): void {
  const [first, ...others] = positionsIn(seen, sources);
  if (first === undefined) return;
  throw new StepError({
    error: "pictures-seen",
    category: "policy",
    detail: `${step} must not use ${what} on ${origin.split}: it has seen ${1 + others.length} of its ${names.length} pictures, ${names[first]} among them.`,
    hint: `Pretrain on pictures that are not in ${origin.split}, or take them out of the data set's folder.`,
  });
}
