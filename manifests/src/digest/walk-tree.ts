import { type Dirent, lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import { compareUtf8 } from "./compare-utf8.ts";
import { linkStaysInside } from "./link-stays-inside.ts";

/** One entry of a tree; `path` is POSIX and relative to the root, which is not listed itself. */
export type TreeItem =
  | { readonly type: "file"; readonly path: string; readonly stats: Stats }
  | { readonly type: "directory"; readonly path: string; readonly stats: Stats }
  | { readonly type: "link"; readonly path: string; readonly stats: Stats; readonly target: string };

/**
 * Lists a directory tree, sorted by the UTF-8 bytes of the paths. Links are listed, never followed.
 *
 * @throws ManifestError `link-leaves-tree`, `unsupported-file-type` or `name-not-utf8` (input), or of category io.
 */
export function walkTree(root: string): TreeItem[] {
  const items: TreeItem[] = [];
  collect(root, "", items);
  refuseLeavingLinks(root, items);
  return items.sort((a, b) => compareUtf8(a.path, b.path));
}

function collect(root: string, below: string, items: TreeItem[]): void {
  for (const entry of entriesOf(below === "" ? root : `${root}/${below}`)) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (path.includes("\ufffd")) throw nameNotUtf8(root, path);
    const item = look(root, path, entry);
    items.push(item);
    if (item.type === "directory") collect(root, path, items);
  }
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw ioError(error, "list", directory);
  }
}

function look(root: string, path: string, entry: Dirent): TreeItem {
  const absolute = `${root}/${path}`;
  try {
    const stats = lstatSync(absolute);
    if (stats.isFile()) return { type: "file", path, stats };
    if (stats.isDirectory()) return { type: "directory", path, stats };
    if (stats.isSymbolicLink()) return { type: "link", path, stats, target: readlinkSync(absolute) };
  } catch (error) {
    throw ioError(error, "look at", absolute);
  }
  throw unsupported(absolute, entry);
}

function refuseLeavingLinks(root: string, items: readonly TreeItem[]): void {
  const links = items.filter((item) => item.type === "link");
  if (links.length === 0) return;
  const paths = new Set(links.map(({ path }) => path));
  for (const { path, target } of links) {
    if (target.includes("\ufffd")) throw nameNotUtf8(root, target);
    if (!linkStaysInside(path, target, (other) => paths.has(other))) throw leaves(`${root}/${path}`, target);
  }
}

function leaves(path: string, target: string): ManifestError {
  return new ManifestError({
    error: "link-leaves-tree",
    category: "input",
    detail: `The symbolic link ${path} leads to ${target}, outside of its directory.`,
    hint: "Copy what it leads to into the directory, or make it a relative link that stays inside.",
  });
}

function unsupported(path: string, entry: Dirent): ManifestError {
  const type = entry.isFIFO() ? "a named pipe" : entry.isSocket() ? "a socket" : "a device";
  return new ManifestError({
    error: "unsupported-file-type",
    category: "input",
    detail: `${path} is ${type}; an artifact holds only files, directories and symbolic links.`,
    hint: "Remove it, or write it outside of the artifact.",
  });
}

function nameNotUtf8(root: string, name: string): ManifestError {
  return new ManifestError({
    error: "name-not-utf8",
    category: "input",
    detail: `A name in ${root} is not valid UTF-8, or holds the replacement character: ${name}.`,
    hint: "Rename it.",
  });
}
