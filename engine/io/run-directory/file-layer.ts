import { constants, copyFileSync, linkSync, type Stats } from "node:fs";
import { errnoOf } from "@orchestrate/manifests";
import type { LaidFile } from "../../run/ports/run-files.ts";

/** Lays files: a reflink where the file system can, else a hard link, else a copy. */
export class FileLayer {
  readonly #link: typeof linkSync;
  #reflinks: "unknown" | "no" = "unknown";

  /** @param link makes a hard link; throws as `linkSync` does where it can't. */
  constructor(link: typeof linkSync = linkSync) {
    this.#link = link;
  }

  /** Lays one file, of which these are the stats, and tells whether it shares its bytes. */
  lay({ from, to, mode }: LaidFile, { size }: Pick<Stats, "size">): "linked" | "copied" {
    return mode === "link" ? this.#linked(from, to, size) : copied(from, to);
  }

  #linked(from: string, to: string, size: number): "linked" | "copied" {
    // For a small file a link is as cheap as a reflink, and asking for one costs a copy where there are none.
    if (this.#reflinks !== "no" && size > 1 << 20 && this.#reflinked(from, to)) return "copied";
    try {
      this.#link(from, to);
      return "linked";
    } catch (error) {
      if (!CANNOT_LINK.has(errnoOf(error))) throw error;
      return copied(from, to);
    }
  }

  #reflinked(from: string, to: string): boolean {
    try {
      copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      if (errnoOf(error) === "ENOENT") throw error;
      this.#reflinks = "no";
      return false;
    }
  }
}

/** Why a hard link may not be had: another device, too many links, or a file system or owner that forbids it. */
const CANNOT_LINK: ReadonlySet<string | undefined> = new Set([
  "EXDEV",
  "EMLINK",
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
]);

function copied(from: string, to: string): "copied" {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  return "copied";
}
