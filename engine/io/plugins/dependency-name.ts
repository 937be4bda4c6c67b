import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What a project depends on: names to what its package.json says of each. */
export type Dependencies = Readonly<Record<string, string>>;

export function readDependencies(place: string): Dependencies {
  const file = join(place, "package.json");
  if (!existsSync(file)) return {};
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly dependencies?: Dependencies;
    readonly devDependencies?: Dependencies;
    readonly optionalDependencies?: Dependencies;
  };
  return { ...optionalDependencies, ...devDependencies, ...dependencies };
}

/** What a user wrote for a package manager that runs in another directory: a path becomes absolute. */
export function toSpecifier(wanted: string, cwd: string): string {
  const isPath = /^(\.{1,2}|)\//.test(wanted) || /^[^:]+\.(tgz|tar\.gz)$/.test(wanted);
  return isPath ? resolve(cwd, wanted) : wanted;
}

/**
 * The name of the package that was installed: the one that was named, that was changed in package.json, or whose
 * archive or directory it is; undefined where none can be told.
 */
export function dependencyName(
  specifier: string,
  { before, after, place }: { readonly before: Dependencies; readonly after: Dependencies; readonly place: string },
): string | undefined {
  const named = /^((?:@[^/@]+\/)?[^/@:]+)(?:@|$)/.exec(specifier)?.[1];
  if (named !== undefined && named in after) return named;
  const changed = Object.keys(after).find((name) => after[name] !== before[name]);
  const pathOf = (said: string) => (said.startsWith("file:") ? resolve(place, said.slice("file:".length)) : said);
  return changed ?? Object.keys(after).find((name) => pathOf(after[name]!) === specifier);
}
