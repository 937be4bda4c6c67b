import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { Laid } from "../../run/ports/run-files.ts";

/**
 * Lays a candidate's artifacts into a staging directory: by reflink where the file system can, else by hard link, else
 * as copies.
 *
 * @param link makes a hard link; throws as `linkSync` does where it can't.
 */
export function materialise(
  candidate: Candidate,
  staging: string,
  mode: "link" | "copy",
  link: typeof linkSync = linkSync,
): Laid | "gone" {
  try {
    const lay = new Layer(mode, link);
    for (const { path } of Object.values(candidate.outputs)) {
      const below = path.replace(/^artifacts\//, "");
      if (below.includes("/")) mkdirSync(dirname(`${staging}/${below}`), { recursive: true });
      lay.entry(`${candidate.directory}/${path}`, `${staging}/${below}`);
    }
    return lay.result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "gone";
    throw error;
  }
}

/** Why a hard link may not be had: another device, too many links, or a file system or owner that forbids it. */
const CANNOT_LINK = new Set(["EXDEV", "EMLINK", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Lays files and trees: a reflink where the file system can, else a hard link, else a copy. */
class Layer {
  readonly #mode: "link" | "copy";
  readonly #link: typeof linkSync;
  readonly #ways = new Set<"linked" | "copied">();
  #reflinks: "unknown" | "no" = "unknown";

  constructor(mode: "link" | "copy", link: typeof linkSync) {
    this.#mode = mode;
    this.#link = link;
  }

  get result(): Laid {
    if (!this.#ways.has("linked")) return "copied";
    return this.#ways.has("copied") ? "mixed" : "linked";
  }

  entry(from: string, to: string): void {
    const stats = lstatSync(from);
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (!stats.isDirectory()) this.#file(from, to, stats.size);
    else {
      mkdirSync(to);
      for (const name of readdirSync(from)) this.entry(`${from}/${name}`, `${to}/${name}`);
    }
  }

  #file(from: string, to: string, size: number): void {
    this.#ways.add(this.#mode === "link" ? this.#linked(from, to, size) : copied(from, to));
  }

  #linked(from: string, to: string, size: number): "linked" | "copied" {
    // For a small file a link is as cheap as a reflink, and asking for one costs a copy where there are none.
    if (size > 1 << 20 && this.#reflinked(from, to)) return "copied";
    try {
      this.#link(from, to);
      return "linked";
    } catch (error) {
      if (!CANNOT_LINK.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      return copied(from, to);
    }
  }

  #reflinked(from: string, to: string): boolean {
    if (this.#reflinks === "no") return false;
    try {
      copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
      this.#reflinks = "no";
      return false;
    }
  }
}

function copied(from: string, to: string): "copied" {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  return "copied";
}
