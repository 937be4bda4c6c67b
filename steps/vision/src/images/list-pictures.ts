import { join, posix } from "node:path";
import { filesBelow } from "../files-below.ts";

/** The files of a folder by what their names say, relative to where the search began, POSIX, each list sorted. */
export interface Listing {
  readonly pictures: readonly string[];
  readonly others: readonly string[];
}

/**
 * Lists files below `folder`, or below `within` of it, at any depth. Hidden files and folders are passed over, symbolic
 * links to folders are not followed and stand among the files.
 */
export function listPictures(folder: string, within = "."): Listing {
  const names = filesBelow(join(folder, within))
    .map((name) => posix.join(within, name))
    .filter((name) => !isHidden(name));
  return { pictures: names.filter(isPicture), others: names.filter((name) => !isPicture(name)) };
}

/**
 * Whether a file's extension is that of a picture, be it one that can't be decoded: it is then named, not passed over.
 */
export function isPicture(name: string): boolean {
  return /\.(png|jpe?g|jfif|webp|avif|tiff?|gif|bmp|hei[cf]|jxl|jp2)$/i.test(name);
}

/** Tools leave copies of pictures in hidden folders, as notebooks do in `.ipynb_checkpoints`. */
function isHidden(name: string): boolean {
  return name.split("/").some((part) => part.startsWith("."));
}
