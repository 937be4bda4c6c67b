import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The directory of an installed package, links resolved, as Node would find it from a file in `from`. `onLook` is told
 * of every path that decides it.
 */
export function findPackage(name: string, from: string, onLook: (path: string) => void = () => {}): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, "node_modules", name);
    const manifest = join(candidate, "package.json");
    onLook(manifest);
    if (existsSync(manifest)) return realpathSync.native(candidate);
    if (dirname(directory) === directory) return undefined;
  }
}
