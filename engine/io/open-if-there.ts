import { openSync } from "node:fs";
import { errnoOf } from "@orchestrate/manifests";

/** Opens a file to be read: its descriptor, which is to be closed; undefined where there is none. */
export function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
