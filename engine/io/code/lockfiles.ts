import { dirname, join, relative, sep } from "node:path";
import { readIfThere } from "../read-if-there.ts";
import { type LockedPackage, type LockedPackages, lockedClosure } from "./locked-closure.ts";

/** What pins a package: itself and all that it depends on, and the linked packages among them. */
export interface Pinned {
  /** `name@version` to integrity. */
  readonly packages: ReadonlyMap<string, string>;
  /** Directories, absolute. */
  readonly links: readonly string[];
}

/**
 * Finds the lockfile that pins an installed package: npm's record of what it installed
 * (`node_modules/.package-lock.json`), else package-lock.json. Reads each once and tells `onLook` of it.
 */
export class Lockfiles {
  readonly #onLook: (path: string) => void;
  readonly #read = new Map<string, LockedPackages | undefined>();

  constructor(onLook: (path: string) => void) {
    this.#onLook = onLook;
  }

  /** Undefined where no lockfile vouches for the package: a workspace, a link, a version that is not the locked one. */
  closure(directory: string): Pinned | undefined {
    const found = this.#locate(directory);
    if (found === undefined) return undefined;
    const { packages, links } = lockedClosure(found.locked, found.key);
    return { packages, links: links.map((link) => join(found.above, link)) };
  }

  /** What a lockfile says of the package; undefined where none vouches for it. */
  entry(directory: string): LockedPackage | undefined {
    const found = this.#locate(directory);
    return found?.locked[found.key];
  }

  #locate(directory: string): Located | undefined {
    if (!directory.includes(`${sep}node_modules${sep}`)) return undefined;
    for (let above = dirname(directory); dirname(above) !== above; above = dirname(above)) {
      const key = relative(above, directory).split(sep).join("/");
      for (const name of ["node_modules/.package-lock.json", "package-lock.json"]) {
        const locked = this.#lockfile(join(above, name));
        const entry = locked?.[key];
        if (locked === undefined || entry?.integrity === undefined) continue;
        if (entry.version !== installedVersion(directory)) continue;
        return { locked, key, above };
      }
    }
    return undefined;
  }

  #lockfile(path: string): LockedPackages | undefined {
    if (this.#read.has(path)) return this.#read.get(path);
    const locked = readLockfile(path);
    if (locked !== undefined) this.#onLook(path);
    this.#read.set(path, locked);
    return locked;
  }
}

/** A package's place in a lockfile, and the directory in which that lies. */
interface Located {
  readonly locked: LockedPackages;
  readonly key: string;
  readonly above: string;
}

function readLockfile(path: string): LockedPackages | undefined {
  return (readJson(path) as { readonly packages?: LockedPackages } | undefined)?.packages;
}

function installedVersion(directory: string): unknown {
  return (readJson(join(directory, "package.json")) as { readonly version?: unknown } | undefined)?.version;
}

/** Undefined where a file is not there or no JSON: what nobody vouches for is followed by content. */
function readJson(path: string): unknown {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
