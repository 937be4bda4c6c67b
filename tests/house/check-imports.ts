import { posix } from "node:path";
import { importTable, type Row } from "./import-table.ts";
import { type Import, importsOf } from "./imports-of.ts";
import type { SourceFile } from "./source-files.ts";

/**
 * What a file imports although the table does not allow it, in words.
 *
 * @param libraries the packages that the file's package.json names.
 */
export function checkImports(file: SourceFile, libraries: ReadonlySet<string>): readonly string[] {
  const row = rowOf(file.path);
  if (row === undefined) return [`${file.path} stands in a folder that the table does not know`];
  return importsOf(file.text)
    .filter((each) => !isAllowed(row, file, each, libraries))
    .map(({ from }) => `${file.path} imports ${from}`);
}

function rowOf(path: string): Row | undefined {
  return importTable
    .filter(({ folder }) => isIn(path, folder))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

function isAllowed(row: Row, file: SourceFile, imported: Import, libraries: ReadonlySet<string>): boolean {
  const { from, isTypeOnly, values } = imported;
  if (from.startsWith(".")) {
    const target = posix.join(posix.dirname(file.path), from);
    const own = row.folder.split("/").map((part, index) => (part === "*" ? file.path.split("/")[index]! : part));
    const allowed = [own.join("/"), ...row.folders, ...(isTypeOnly ? row.typesOf : [])];
    return allowed.some((folder) => isIn(target, folder));
  }
  if (from.startsWith("node:")) return row.node === "any" || row.node.includes(from);
  const house = row.house[from];
  if (house === "types") return isTypeOnly;
  if (house !== undefined) return house === "all" || values.every((name) => house.includes(name));
  const name = from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
  if (row.never.includes(name)) return false;
  if (row.packages.includes(name)) return true;
  if (row.libraries === "none") return false;
  return name.startsWith("@orchestrate/") ? from === `${name}/contract` : libraries.has(name);
}

function isIn(path: string, folder: string): boolean {
  const parts = path.split("/");
  return folder.split("/").every((part, index) => part === "*" || part === parts[index]);
}
