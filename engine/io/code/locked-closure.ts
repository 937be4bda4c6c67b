/** The `packages` of an npm lockfile (version 2 or 3): places in the tree to what is installed there. */
export type LockedPackages = Readonly<Record<string, LockedPackage | undefined>>;

export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  /** Where it came from; of a link, the place it leads to. */
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package and all that it depends on, as the lockfile has it. What is optional and not installed is left out. */
export function lockedClosure(
  locked: LockedPackages,
  start: string,
): { readonly packages: ReadonlyMap<string, string>; readonly links: readonly string[] } {
  const packages = new Map<string, string>();
  const links = new Set<string>();
  const seen = new Set<string>([start]);
  const waiting = [start];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const entry = locked[place];
    if (entry === undefined) continue;
    if (entry.link === true && entry.resolved !== undefined) {
      links.add(entry.resolved);
      continue;
    }
    // What is bundled in another package's archive has no integrity of its own; the archive's covers it.
    packages.set(`${nameAt(place, entry)}@${entry.version}`, entry.integrity ?? entry.resolved ?? "bundled");
    for (const name of Object.keys({
      ...entry.dependencies,
      ...entry.optionalDependencies,
      ...entry.peerDependencies,
    })) {
      const found = placeOf(name, place, locked);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      waiting.push(found);
    }
  }
  return { packages, links: [...links].sort() };
}

function nameAt(place: string, entry: LockedPackage): string {
  return entry.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** Where Node finds `name` from a package at `from`: in its own node_modules, or in one above. */
function placeOf(name: string, from: string, locked: LockedPackages): string | undefined {
  for (let base = from; ; ) {
    const place = base === "" ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (locked[place] !== undefined) return place;
    if (base === "") return undefined;
    const nested = base.lastIndexOf("/node_modules/");
    const workspace = base.lastIndexOf("/");
    base =
      nested >= 0
        ? base.slice(0, nested)
        : base.startsWith("node_modules/") || workspace < 0
          ? ""
          : base.slice(0, workspace);
  }
}
