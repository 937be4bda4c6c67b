import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the declarations of a package come to. */
export interface TypeDeclarations {
  /** The text of each, by absolute path. */
  readonly files: ReadonlyMap<string, string>;
  /** Relative imports that lead to no declarations. */
  readonly missing: readonly { readonly specifier: string; readonly importer: string }[];
}

/**
 * Follows the declarations that a package's `exports` name under `types`, and all that they import by a relative path.
 */
export function typeDeclarations(directory: string, exports: unknown): TypeDeclarations {
  const waiting = typesIn(exports)
    .map((target) => join(directory, target))
    .filter((path) => existsSync(path));
  const files = new Map<string, string>();
  const missing: { specifier: string; importer: string }[] = [];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue;
    const text = readFileSync(path, "utf8");
    files.set(path, text);
    for (const specifier of relativeImports(text)) {
      const target = declarationsOf(join(dirname(path), specifier));
      if (target === undefined) missing.push({ specifier, importer: path });
      else waiting.push(target);
    }
  }
  return { files, missing };
}

/** The files under `types`, at any depth. */
function typesIn(exports: unknown): readonly string[] {
  if (typeof exports !== "object" || exports === null) return [];
  return Object.entries(exports).flatMap(([key, value]) =>
    key === "types" && typeof value === "string" ? [value] : typesIn(value),
  );
}

function relativeImports(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)].map(([, specifier]) => specifier!);
}

/** The file that speaks for a module: `x.d.ts` for `x.js`, as TypeScript's `nodenext` finds it. */
function declarationsOf(path: string): string | undefined {
  const candidates = [path.replace(/\.([mc]?)js$/, ".d.$1ts"), path.replace(/(?<!\.d)\.([mc]?)ts$/, ".d.$1ts"), path];
  return candidates.find((candidate) => /\.(d\.)?[mc]?ts$|\.json$/.test(candidate) && existsSync(candidate));
}
