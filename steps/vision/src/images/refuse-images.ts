import { StepError } from "@orchestrate/sdk";
import { listed } from "./listed.ts";
import type { Skipped } from "./read-folder.ts";

/** The error that names images which can't be decoded, at most 20 of them. */
export function corruptImages(unreadable: readonly Skipped[], total: number): StepError {
  const names = listed(unreadable.map(({ name, reason }) => `${name} (${reason})`));
  return new StepError({
    error: "images-corrupt",
    category: "input",
    detail: `${unreadable.length} of ${total} images can't be read: ${names}.`,
    hint: "Repair, convert or remove them, or set corrupt to skip to go on without them.",
  });
}

/** The error that names pictures found in both classes, at most 20 of them. */
export function conflictingImages(conflicts: readonly (readonly string[])[]): StepError {
  const names = listed(conflicts.map((group) => group.join(" = ")));
  return new StepError({
    error: "images-conflict",
    category: "input",
    detail: `${conflicts.length} pictures stand in both classes with equal pixels: ${names}.`,
    hint: "Remove them from one class, or set conflicting to skip to go on without them.",
  });
}

/** The error of classes that name subfolders where there is no folder. */
export function classesWithoutImages(): StepError {
  return new StepError({
    error: "class-folder-missing",
    category: "input",
    detail: "classes names subfolders, but no images are wired, and rendered scenes have none.",
    hint: "Wire images to a folder, or leave classes out.",
  });
}
