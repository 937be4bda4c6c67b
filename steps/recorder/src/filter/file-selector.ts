import { posix } from "node:path";
import type { ScopeSelectorKind, Selector } from "./model.ts";
import { relativeTo } from "./relative-to.ts";

/**
 * A file selector relative to the project's root. Regular expressions are left as they are, and globs that begin with
 * `**` look anywhere.
 *
 * @throws Error where an absolute path lies outside of the root, or `..` leaves it.
 */
export function fileSelector(selector: Selector<ScopeSelectorKind>, root: string): Selector<ScopeSelectorKind> {
  if (selector.kind !== "file" || selector.match === "regex") return selector;
  const written = selector.pattern.replaceAll("\\", "/");
  if (written.startsWith("**") || written.startsWith("/**")) return selector;
  const pattern = posix.isAbsolute(written) ? relativeTo(root, posix.normalize(written)) : posix.normalize(written);
  if (pattern === undefined) throw new Error(`"${written}" does not lie below ${root}`);
  if (pattern === ".." || pattern.startsWith("../")) throw new Error(`"${written}" leaves ${root}`);
  return { ...selector, pattern };
}
