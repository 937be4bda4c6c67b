import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, sep } from "node:path";
import { PackageScopes } from "./package-scopes.ts";
import { isModule, readImports } from "./read-imports.ts";
import { resolveSpecifier } from "./resolve-specifier.ts";

/** An import of another package. */
export interface PackageImport {
  /** As written. */
  readonly specifier: string;
  /** The module that imports it, absolute. */
  readonly importer: string;
  /** Where it was found, links resolved; undefined where it is not there. */
  readonly directory: string | undefined;
}

/** The imports of other packages in all modules of a package that can be reached from these of its modules. */
export async function packageImports(entries: readonly string[], directory: string): Promise<readonly PackageImport[]> {
  const scopes = new PackageScopes(() => {});
  const seen = new Set(entries);
  const found: PackageImport[] = [];
  for (const importer of seen) {
    if (!isModule(extname(importer))) continue;
    const { specifiers } = await readImports(readFileSync(importer, "utf8"), extname(importer));
    for (const specifier of specifiers) {
      const target = resolveSpecifier(specifier, importer, scopes);
      if (target.kind === "package") found.push({ specifier, importer, directory: target.directory });
      else if (target.kind === "absent") found.push({ specifier, importer, directory: undefined });
      else if (target.kind === "path" && isOwnFile(target.path, directory)) seen.add(realpathSync.native(target.path));
    }
  }
  return found;
}

function isOwnFile(path: string, directory: string): boolean {
  return path.startsWith(directory + sep) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
