/**
 * Decides whether a symbolic link at `path` (POSIX, relative to its tree) stays in the tree, whatever is there or not.
 * A `..` behind another link is refused even where it might stay inside: what it means depends on where that link
 * leads.
 *
 * @param isLink tells whether a path of the tree is a symbolic link.
 */
export function linkStaysInside(path: string, target: string, isLink: (path: string) => boolean): boolean {
  if (target.startsWith("/")) return false;
  const reached = path.split("/").slice(0, -1);
  let passedLink = false;
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") {
      reached.push(part);
      passedLink ||= isLink(reached.join("/"));
      continue;
    }
    if (passedLink || reached.length === 0) return false;
    reached.pop();
  }
  return true;
}
