import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Log, StepError } from "@orchestrate/sdk";
import { decodeImage } from "../images/decode-image.ts";
import type { Pixels } from "../images/pixels.ts";
import { renderScenes, sceneClasses } from "../scenes/render-scenes.ts";

/**
 * Reads all pictures of a folder, whatever they show, or renders scenes where there is none.
 *
 * @throws StepError `no-images` (input) where the folder holds none that can be read.
 */
export async function collectUnlabelled(
  folder: string | undefined,
  { size, scenes }: { readonly size: number; readonly scenes: { readonly count: number } },
  { seed, log, signal }: { readonly seed: number; readonly log: Log; readonly signal: AbortSignal },
): Promise<Pixels> {
  if (folder === undefined) {
    const [first, second] = sceneClasses;
    return together(
      size,
      renderScenes(scenes.count, size, [first, second], seed).map(({ pixels }) => pixels),
    );
  }
  const pictures: Uint8Array[] = [];
  for (const path of picturesIn(folder)) {
    signal.throwIfAborted();
    try {
      pictures.push(await decodeImage(readFileSync(path), size, "cover"));
    } catch (error) {
      log.warn(`${path} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (pictures.length > 0) return together(size, pictures);
  throw new StepError({
    error: "no-images",
    category: "input",
    detail: `There is no picture in ${folder} that can be read.`,
    hint: "Wire a folder with PNG, JPEG or WebP pictures, or none to render scenes.",
  });
}

function picturesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[^.].*\.(png|jpe?g|webp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function together(size: number, pictures: readonly Uint8Array[]): Pixels {
  const bytes = size * size * 3;
  const pixels = new Uint8Array(pictures.length * bytes);
  for (const [position, picture] of pictures.entries()) pixels.set(picture, position * bytes);
  return { size, channels: 3, pixels };
}
