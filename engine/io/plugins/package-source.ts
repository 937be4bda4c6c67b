import { relative, sep } from "node:path";
import { Lockfiles } from "../code/lockfiles.ts";

/** Where an installed package came from, as far as its place and npm's lockfile tell. */
export interface PackageSource {
  /** `link:` and a directory, `file:` and an archive, `git+…`, `registry`, or `unknown`. */
  readonly source: string;
  /** Of its archive; null where the lockfile has none. */
  readonly integrity: string | null;
}

/**
 * @param directory the package's, links resolved.
 * @param root what the directory of a link is told relative to.
 * @param onLook is told of every lockfile that is read.
 */
export function packageSource(
  directory: string,
  root: string,
  onLook: (path: string) => void = () => {},
): PackageSource {
  if (!directory.includes(`${sep}node_modules${sep}`)) {
    return { source: `link:${relative(root, directory) || "."}`, integrity: null };
  }
  const { resolved, integrity } = new Lockfiles(onLook).entry(directory) ?? {};
  return { source: sourceOf(resolved, integrity), integrity: integrity ?? null };
}

function sourceOf(resolved: string | undefined, integrity: string | undefined): string {
  // npm can be told to leave addresses of its registry out.
  if (resolved === undefined) return integrity === undefined ? "unknown" : "registry";
  if (/^https?:/.test(resolved)) return "registry";
  // A name and password in an address are nobody else's business.
  return resolved.replace(/\/\/[^/@]*@/, "//");
}
