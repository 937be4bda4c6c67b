import { readdirSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";
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
  /** Sorted by name within each class. */
  readonly files: readonly Found[];
  /** Pictures that lie beside the class folders, and files in these that no picture's extension names. */
  readonly ignored: readonly string[];
}

/**
 * Lists an image folder: one subfolder a class, searched to any depth; hidden files and folders are passed over.
 *
 * @throws StepError `classes-not-two` or `positive-unknown` (input).
 */
export function findClasses(folder: string, positive?: string): Classes {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length !== 2) throw notTwo(folder, names);
  const classes = orderClasses([first, second], positive, folder);
  const beside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".") && isPicture(entry.name))
    .map((entry) => entry.name)
    .sort();
  const listed = classes.map((name) => listPictures(folder, name));
  return {
    classes,
    files: listed.flatMap(({ pictures }, label) => pictures.map((name) => ({ name, label }))),
    ignored: [...beside, ...listed.flatMap(({ others }) => others)],
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

function notTwo(folder: string, names: readonly string[]): StepError {
  const found = names.length === 0 ? "none" : names.slice(0, 20).join(", ");
  return new StepError({
    error: "classes-not-two",
    category: "input",
    detail: `The image folder ${folder} has ${names.length} subfolders (${found}); it must have two, one for each class.`,
    hint: "Put the images of each class into a subfolder named for the class; symbolic links to folders are not followed.",
  });
}
