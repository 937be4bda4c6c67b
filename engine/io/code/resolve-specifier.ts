import { existsSync, realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { PackageScopes } from "./package-scopes.ts";
import { resolveExports } from "./resolve-exports.ts";

/** Where an import leads. */
export type Resolution =
  | { readonly kind: "builtin" }
  | { readonly kind: "path"; readonly path: string }
  /** `subpath` is `.` or begins with `./`. `looked`: paths whose change could lead to another package. */
  | {
      readonly kind: "package";
      readonly directory: string;
      readonly subpath: string;
      readonly looked: readonly string[];
    }
  | { readonly kind: "absent"; readonly looked: readonly string[] };

/**
 * Resolves an import as Node does, as far as a package's directory.
 * After https://nodejs.org/api/esm.html#resolution-algorithm-specification.
 */
export function resolveSpecifier(specifier: string, importer: string, scopes: PackageScopes): Resolution {
  if (isBuiltin(specifier) || /^(node|data|https?):/.test(specifier)) return { kind: "builtin" };
  if (/^(\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) {
    return { kind: "path", path: fileURLToPath(new URL(specifier, pathToFileURL(importer))) };
  }
  if (specifier.startsWith("#")) return resolvePrivate(specifier, importer, scopes);
  return resolveBare(specifier, importer, scopes);
}

/** The file that a package exports under a subpath. */
export function packageEntry(directory: string, subpath: string, scopes: PackageScopes): string | undefined {
  const manifest = scopes.manifest(directory);
  if (manifest?.exports !== undefined && manifest.exports !== null) {
    const target = resolveExports(manifest.exports, subpath);
    return target === undefined ? undefined : join(directory, target);
  }
  if (subpath !== ".") return join(directory, subpath);
  const main =
    typeof manifest?.main === "string" ? [manifest.main, `${manifest.main}.js`, `${manifest.main}/index.js`] : [];
  return [...main, "index.js"]
    .map((path) => join(directory, path))
    .find((path) => /\.\w+$/.test(path) && existsSync(path));
}

function resolvePrivate(specifier: string, importer: string, scopes: PackageScopes): Resolution {
  const scope = scopes.of(importer);
  const target = scope === undefined ? undefined : resolveExports(scope.manifest.imports, specifier);
  if (scope === undefined || target === undefined) return { kind: "absent", looked: [] };
  if (target.startsWith("./")) return { kind: "path", path: join(scope.directory, target) };
  return resolveSpecifier(target, importer, scopes);
}

function resolveBare(specifier: string, importer: string, scopes: PackageScopes): Resolution {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  if (name === undefined) return { kind: "absent", looked: [] };
  const subpath = `.${rest ?? ""}`;
  const self = scopes.of(importer);
  if (self?.name === name && self.manifest.exports !== undefined) {
    return { kind: "package", directory: self.directory, subpath, looked: [] };
  }
  const looked: string[] = [];
  for (let directory = dirname(importer); ; directory = dirname(directory)) {
    const candidate = join(directory, "node_modules", name);
    if (existsSync(candidate)) {
      // It may be a link that leads elsewhere later.
      looked.push(join(candidate, "package.json"));
      return { kind: "package", directory: realpathSync.native(candidate), subpath, looked };
    }
    looked.push(candidate);
    if (dirname(directory) === directory) return { kind: "absent", looked };
  }
}
