import { StepError, z } from "@orchestrate/sdk";
import { listed } from "./listed.ts";

/** Stands for all subfolders that no class names. */
const others = "*";

/**
 * Which subfolders make up each of the two classes: `{ bird: [bird], other: ["*"] }`, where `*` is all that are named
 * nowhere.
 */
export const ClassFolders = z
  .record(z.string().min(1), z.array(z.string().min(1)).min(1))
  .refine((classes) => Object.keys(classes).length === 2, { error: "name two classes, each with its subfolders" })
  .refine((classes) => isWithoutRepeats(Object.values(classes).flat()), {
    error: "name each subfolder once, and * for one class alone",
  });
export type ClassFolders = z.infer<typeof ClassFolders>;

/**
 * Gives each class its subfolders, sorted; without `chosen` there must be two, each a class of its own name. Subfolders
 * of no class are in none.
 *
 * @param folder the image folder, for errors.
 * @throws StepError `classes-not-two` or `class-folder-missing` (input).
 */
export function classFolders(folder: string, subfolders: readonly string[], chosen?: ClassFolders): ClassFolders {
  if (chosen === undefined) {
    if (subfolders.length !== 2) throw notTwo(folder, subfolders);
    return Object.fromEntries(subfolders.map((name) => [name, [name]]));
  }
  const named = new Set(Object.values(chosen).flat());
  const rest = subfolders.filter((name) => !named.has(name));
  const divided = Object.entries(chosen).map(([name, folders]) => {
    const own = folders.flatMap((each) => (each === others ? rest : [each])).sort();
    const missing = own.find((each) => !subfolders.includes(each));
    if (missing !== undefined || own.length === 0) throw noFolder(folder, name, missing ?? others, subfolders);
    return [name, own];
  });
  return Object.fromEntries(divided);
}

function isWithoutRepeats(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function notTwo(folder: string, names: readonly string[]): StepError {
  return new StepError({
    error: "classes-not-two",
    category: "input",
    detail: `The image folder ${folder} has ${names.length} subfolders (${listed(names)}); it must have two, one for each class.`,
    hint:
      "Put the images of each class into a subfolder named for the class, or say by classes which subfolders make up each " +
      'of two: classes: { bird: [bird], other: ["*"] }. Symbolic links to folders are not followed.',
  });
}

function noFolder(folder: string, name: string, missing: string, names: readonly string[]): StepError {
  const what = missing === others ? "no subfolder is left for *" : `there is no subfolder "${missing}"`;
  return new StepError({
    error: "class-folder-missing",
    category: "input",
    detail: `Of the class "${name}", ${what} in ${folder}; it has ${listed(names)}.`,
    hint: "Name subfolders in classes as they are called, without a path; symbolic links to folders are not followed.",
  });
}
