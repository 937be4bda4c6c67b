import { readFile } from "node:fs/promises";
import { digestOf } from "../digest.ts";
import { decodeImage } from "./decode-image.ts";
import type { Found } from "./find-classes.ts";
import type { Fit } from "./fit.ts";
import type { Picture } from "./image-set.ts";

/** A file left out, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** How many files are held in memory and decoded at once. */
const atOnce = 4;

/**
 * Reads and decodes files below `folder`. One that can't be read or decoded is named in `unreadable`; pictures keep the
 * order of `files`.
 */
export async function readFolder(
  folder: string,
  files: readonly Found[],
  options: {
    readonly size: number;
    readonly fit: Fit;
    readonly signal: AbortSignal;
    readonly onRead: (done: number) => void;
  },
): Promise<{ readonly pictures: readonly Picture[]; readonly unreadable: readonly Skipped[] }> {
  const bytes = options.size * options.size * 3;
  // One piece of memory for all: pieces of a few KB each would leave it in holes.
  const pixels = new Uint8Array(files.length * bytes);
  const read = (position: number) => {
    const place = pixels.subarray(position * bytes, (position + 1) * bytes);
    return readPicture(folder, files[position]!, options, place);
  };
  const results: (Picture | Skipped)[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let position = next++; position < files.length; position = next++) {
      options.signal.throwIfAborted();
      results[position] = await read(position);
      options.onRead(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const [position, result] of results.entries()) {
    options.signal.throwIfAborted();
    // The decoder keeps the words of all threads in one place: which are a picture's own is only certain when it is
    // alone.
    if ("reason" in result) results[position] = await read(position);
  }
  return {
    pictures: results.filter((result) => "pixels" in result),
    unreadable: results.filter((result) => "reason" in result),
  };
}

async function readPicture(
  folder: string,
  { name, label }: Found,
  { size, fit }: { readonly size: number; readonly fit: Fit },
  pixels: Uint8Array,
): Promise<Picture | Skipped> {
  try {
    const bytes = await readFile(`${folder}/${name}`);
    pixels.set(await decodeImage(bytes, size, fit));
    return { name, label, source: digestOf(bytes), pixels, metadata: {} };
  } catch (error) {
    return { name, reason: firstLine(error).replaceAll(`${folder}/`, "") };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!.replace(/:\s*$/, "");
}
