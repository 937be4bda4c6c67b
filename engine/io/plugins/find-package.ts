import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The directory of an installed package, links resolved, as Node would find it from a file in `from`. */
export function findPackage(name: string, from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync.native(candidate);
    if (dirname(directory) === directory) return undefined;
  }
}
