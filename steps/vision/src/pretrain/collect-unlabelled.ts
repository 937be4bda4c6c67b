import type { Log } from "@orchestrate/sdk";
import type { Pixels } from "../images/pixels.ts";
import { putTogether, readPictures } from "../images/read-pictures.ts";
import { renderScenes, sceneClasses } from "../scenes/render-scenes.ts";

/**
 * Reads all pictures of a folder, whatever they show, or renders scenes where there is none.
 *
 * @throws StepError `images-missing` (input) where the folder holds none that can be read.
 */
export async function collectUnlabelled(
  folder: string | undefined,
  { size, scenes }: { readonly size: number; readonly scenes: { readonly count: number } },
  { seed, log, signal }: { readonly seed: number; readonly log: Log; readonly signal: AbortSignal },
): Promise<Pixels> {
  if (folder === undefined) {
    const rendered = renderScenes(scenes.count, size, sceneClasses, seed);
    return putTogether(
      size,
      rendered.map(({ pixels }) => pixels),
    );
  }
  const options = { size, fit: "cover", corrupt: "skip", log, signal, onRead: () => {} } as const;
  return (await readPictures(folder, options)).images;
}
