import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Declaration, type DeclarationFile, readDeclarations } from "./declarations.ts";

const DIST = fileURLToPath(new URL("../../engine/sdk/dist", import.meta.url));

/** A module of the sdk with what it declares. */
export interface ApiModule {
  /** As `testing/run-step`. */
  readonly name: string;
  readonly declarations: readonly Declaration[];
}

/** What one entry of `@orchestrate/sdk` says by its types. */
export interface ApiEntry {
  /** As it is imported. */
  readonly specifier: string;
  /** Exported names to the module that declares them; those of other packages are left out. */
  readonly exports: ReadonlyMap<string, string>;
  /** All modules that can be reached, by name. */
  readonly modules: ReadonlyMap<string, ApiModule>;
}

/** Reads an entry from what the compiler emitted. @param index as `index` or `testing/index` */
export function publicApi(specifier: string, index: string): ApiEntry {
  const start = read(index);
  const exports = new Map<string, string>();
  for (const [name, from] of start.reexports) {
    if (from.startsWith(".")) exports.set(name, moduleOf(from, index));
  }
  const modules = new Map<string, ApiModule>();
  const waiting = [...new Set(exports.values())];
  for (const name of waiting) {
    if (modules.has(name)) continue;
    const { declarations, imports } = read(name);
    modules.set(name, { name, declarations });
    waiting.push(...imports.map((from) => moduleOf(from, name)));
  }
  return { specifier, exports, modules: new Map([...modules].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function read(module: string): DeclarationFile {
  const file = join(DIST, `${module}.d.ts`);
  if (!existsSync(file)) throw new Error(`${file} is not there: run npm run build`);
  return readDeclarations(readFileSync(file, "utf8"));
}

function moduleOf(from: string, importer: string): string {
  return relative(DIST, join(DIST, dirname(importer), from)).replace(/\.[jt]s$/, "");
}
