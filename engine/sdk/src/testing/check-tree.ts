import { readlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { StepError } from "../errors.ts";
import { entriesBelow } from "./entries-below.ts";

/**
 * Looks for what a commit refuses in a directory: a symbolic link that leaves it, what is neither file, directory nor
 * link, and a name that is no text.
 *
 * @throws StepError `link-leaves-tree`, `unsupported-file-type` or `name-not-utf8`.
 */
export function checkTree(name: string, root: string): void {
  for (const { path, entry } of entriesBelow(root)) {
    if (path.includes("\ufffd"))
      throw failure("name-not-utf8", `A name in output "${name}" is not valid UTF-8: ${path}.`);
    if (entry.isSymbolicLink()) {
      const target = readlinkSync(join(root, path));
      if (isAbsolute(target) || leaves(relative(root, join(root, dirname(path), target)))) {
        throw failure(
          "link-leaves-tree",
          `Output "${name}" holds the symbolic link ${path} to ${target}, outside of it.`,
        );
      }
    } else if (!entry.isFile() && !entry.isDirectory()) {
      throw failure("unsupported-file-type", `Output "${name}" holds ${path}, which is a pipe, a socket or a device.`);
    }
  }
}

function leaves(path: string): boolean {
  return path === ".." || path.startsWith(`..${sep}`);
}

function failure(error: string, detail: string): StepError {
  return new StepError({
    error,
    detail,
    hint: "Let a directory hold only files, directories, and relative links that stay inside, under names in UTF-8: nothing else is committed.",
  });
}
