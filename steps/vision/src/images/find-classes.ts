import { readdirSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";
import { type ClassFolders, classFolders } from "./class-folders.ts";
import { isPicture, listPictures } from "./list-pictures.ts";

/** An image file found in a class's folder. */
export interface Found {
  /** Relative to the image folder, POSIX. */
  readonly name: string;
  readonly label: number;
}

export interface Classes {
  /** Index is label; the second is the positive class. */
  readonly classes: readonly [string, string];
  /** Sorted by name within each subfolder, and subfolders within each class. */
  readonly files: readonly Found[];
  /** Pictures that lie beside the class folders, and files in these that no picture's extension names. */
  readonly ignored: readonly string[];
  /** Subfolders that `classes` gives to neither class. */
  readonly unused: readonly string[];
}

/**
 * Lists an image folder: one subfolder a class, or those that `classes` names, searched to any depth; hidden files and
 * folders are passed over.
 *
 * @throws StepError `classes-not-two`, `class-folder-missing` or `positive-unknown` (input).
 */
export function findClasses(
  folder: string,
  config: { readonly positive?: string | undefined; readonly classes?: ClassFolders | undefined } = {},
): Classes {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  const subfolders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const beside = entries.filter((entry) => !entry.isDirectory() && isPicture(entry.name)).map(({ name }) => name);
  const folders = classFolders(folder, subfolders.sort(), config.classes);
  const [first = "", second = ""] = Object.keys(folders).sort();
  const classes = orderClasses([first, second], config.positive, folder);
  const listed = classes.map((name) => folders[name]!.map((subfolder) => listPictures(folder, subfolder)));
  const used = Object.values(folders).flat();
  return {
    classes,
    files: listed.flatMap((of, label) => of.flatMap(({ pictures }) => pictures.map((name) => ({ name, label })))),
    ignored: [...beside.sort(), ...listed.flat().flatMap(({ others }) => others)],
    unused: subfolders.filter((name) => !used.includes(name)),
  };
}

/**
 * Puts the positive class second.
 *
 * @param where the classes come from, for the error.
 * @throws StepError `positive-unknown` (input).
 */
export function orderClasses(
  [first, second]: readonly [string, string],
  positive: string | undefined,
  where: string,
): readonly [string, string] {
  if (positive === undefined || positive === second) return [first, second];
  if (positive === first) return [second, first];
  throw new StepError({
    error: "positive-unknown",
    category: "input",
    detail: `positive is "${positive}", but the classes of ${where} are ${first} and ${second}.`,
    hint: `Set positive to "${first}" or "${second}", or leave it out to take "${second}".`,
  });
}
