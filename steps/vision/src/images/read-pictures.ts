import { type Log, StepError } from "@orchestrate/sdk";
import type { Fit } from "./fit.ts";
import { listPictures } from "./list-pictures.ts";
import type { Pixels } from "./pixels.ts";
import { readFolder } from "./read-folder.ts";
import { corruptImages } from "./refuse-images.ts";

/**
 * Reads all pictures of a folder, at any depth, whatever they show; hidden files and folders are passed over, and what
 * is named as no picture is told of.
 *
 * @returns the pictures, their names, relative to the folder, and the digests of their files, in the same order.
 * @throws StepError `images-corrupt` where some can't be read and are to be refused, `images-missing` where none is
 * left (both input).
 */
export async function readPictures(
  folder: string,
  options: {
    readonly size: number;
    readonly fit: Fit;
    readonly corrupt: "refuse" | "skip";
    readonly log: Log;
    readonly signal: AbortSignal;
    readonly onRead: (done: number, total: number) => void;
  },
): Promise<{ readonly names: readonly string[]; readonly sources: readonly string[]; readonly images: Pixels }> {
  const { pictures: found, others } = listPictures(folder);
  if (others.length > 0) options.log.info(`${others.length} files are no pictures: ${others.slice(0, 20).join(", ")}`);
  const files = found.map((name) => ({ name, label: 0 }));
  const onRead = (done: number) => options.onRead(done, files.length);
  const { pictures, unreadable } = await readFolder(folder, files, { ...options, onRead });
  if (unreadable.length > 0 && options.corrupt === "refuse") throw corruptImages(unreadable, files.length);
  for (const { name, reason } of unreadable) options.log.warn(`${name} is left out: ${reason}`);
  if (pictures.length === 0) {
    throw new StepError({
      error: "images-missing",
      category: "input",
      detail: `There is no picture in ${folder} that can be read.`,
      hint: "Wire a folder with pictures: PNG, JPEG, WebP, AVIF, TIFF or GIF.",
    });
  }
  const images = putTogether(
    options.size,
    pictures.map(({ pixels }) => pixels),
  );
  return { names: pictures.map(({ name }) => name), sources: pictures.map(({ source }) => source), images };
}

/** Pictures of one size in one array. */
export function putTogether(size: number, pictures: readonly Uint8Array[]): Pixels {
  const bytes = size * size * 3;
  const pixels = new Uint8Array(pictures.length * bytes);
  for (const [position, picture] of pictures.entries()) pixels.set(picture, position * bytes);
  return { size, channels: 3, pixels };
}
