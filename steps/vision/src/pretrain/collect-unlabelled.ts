import type { Log } from "@orchestrate/sdk";
import { bySplit } from "../images/by-split.ts";
import type { Pixels } from "../images/pixels.ts";
import { putTogether, readPictures } from "../images/read-pictures.ts";
import { cutOf } from "../lineage/cut-of.ts";
import type { FittedOn } from "../lineage/fitted-on.ts";
import { type PictureSet, pictureSet } from "../lineage/picture-set.ts";
import { renderScenes, sceneClasses } from "../scenes/render-scenes.ts";

/** Pictures without labels, and the lineage of what is fitted to them. */
export interface Unlabelled {
  readonly images: Pixels;
  readonly fitted_on: FittedOn;
  readonly seen: PictureSet;
}

/**
 * Reads all pictures of a folder, whatever they show, or renders scenes where there is none.
 *
 * @throws StepError `images-missing` (input) where the folder holds none that can be read.
 */
export async function collectUnlabelled(
  folder: string | undefined,
  { size, scenes }: { readonly size: number; readonly scenes: { readonly count: number } },
  { seed, log, signal }: { readonly seed: number; readonly log: Log; readonly signal: AbortSignal },
): Promise<Unlabelled> {
  if (folder === undefined) {
    const rendered = renderScenes(scenes.count, size, sceneClasses, seed);
    const images = putTogether(
      size,
      rendered.map(({ pixels }) => pixels),
    );
    return { images, ...lineageOf(rendered.map(({ source }) => source)) };
  }
  const options = { size, fit: "cover", corrupt: "skip", log, signal, onRead: () => {} } as const;
  const { images, sources } = await readPictures(folder, options);
  return { images, ...lineageOf(sources) };
}

/**
 * A pool of its own, all of it looked at: where a data set is cut from equal pictures, its other splits will refuse.
 */
function lineageOf(sources: readonly string[]): Pick<Unlabelled, "fitted_on" | "seen"> {
  const { train } = cutOf(bySplit((name) => (name === "train" ? sources : [])));
  return { fitted_on: [{ ...train, labelled: false }], seen: pictureSet(sources) };
}
