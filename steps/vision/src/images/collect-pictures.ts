import type { Log, Progress } from "@orchestrate/sdk";
import { renderScenes, sceneClasses } from "../scenes/render-scenes.ts";
import type { ClassFolders } from "./class-folders.ts";
import { findClasses, orderClasses } from "./find-classes.ts";
import type { Fit } from "./fit.ts";
import { groupDuplicates } from "./group-duplicates.ts";
import type { Picture } from "./image-set.ts";
import { readFolder, type Skipped } from "./read-folder.ts";
import { classesWithoutImages, conflictingImages, corruptImages } from "./refuse-images.ts";
import type { Group } from "./stratified-split.ts";

export interface Collection {
  readonly classes: readonly [string, string];
  readonly pictures: readonly Picture[];
  /** Positions in `pictures`; those left out are in none. */
  readonly groups: readonly Group[];
  readonly duplicates: number;
  readonly skipped: readonly Skipped[];
}

/**
 * Reads the image folder, or renders scenes where there is none, and decides on files that can't be used.
 *
 * @throws StepError `images-corrupt` or `images-conflict` (input) where they are to be refused, and those of
 * `findClasses`.
 */
export async function collectPictures(
  folder: string | undefined,
  config: {
    readonly size: number;
    readonly fit: Fit;
    readonly positive?: string | undefined;
    readonly classes?: ClassFolders | undefined;
    readonly corrupt: "refuse" | "skip";
    readonly conflicting: "refuse" | "skip";
    readonly scenes: { readonly count: number };
  },
  context: { readonly seed: number; readonly progress: Progress; readonly log: Log; readonly signal: AbortSignal },
): Promise<Collection> {
  if (folder === undefined) {
    if (config.classes !== undefined) throw classesWithoutImages();
    const classes = orderClasses(sceneClasses, config.positive, "rendered scenes");
    const pictures = renderScenes(config.scenes.count, config.size, classes, context.seed);
    const { groups, duplicates } = groupDuplicates(pictures);
    return { classes, pictures, groups, duplicates, skipped: [] };
  }
  const { classes, files, ignored, unused } = findClasses(folder, config);
  if (unused.length > 0)
    context.log.warn(`${unused.length} subfolders are of no class: ${unused.slice(0, 20).join(", ")}`);
  if (ignored.length > 0)
    context.log.info(`${ignored.length} files are no images of a class: ${ignored.slice(0, 20).join(", ")}`);
  const onRead = (done: number) => context.progress(done, files.length, "images");
  const { pictures, unreadable } = await readFolder(folder, files, { ...config, signal: context.signal, onRead });
  if (unreadable.length > 0 && config.corrupt === "refuse") throw corruptImages(unreadable, files.length);
  const { groups, conflicts, duplicates } = groupDuplicates(pictures);
  if (conflicts.length > 0 && config.conflicting === "refuse") throw conflictingImages(conflicts);
  const contradictory = conflicts.flat().map((name) => ({ name, reason: "equal pixels stand in both classes" }));
  const skipped = [...unreadable, ...contradictory];
  for (const { name, reason } of skipped) context.log.warn(`${name} is left out: ${reason}`);
  return { classes, pictures, groups, duplicates, skipped };
}
