import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackage } from "./find-package.ts";

/** The plugins among what a project's package.json depends on that are not in `listed`. None of their code is run. */
export function unlistedPlugins(root: string, listed: readonly string[]): readonly string[] {
  const { dependencies, devDependencies } = readManifest(root) as {
    readonly dependencies?: object;
    readonly devDependencies?: object;
  };
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => !listed.includes(name))
    .filter((name) => {
      const directory = findPackage(name, root);
      return directory !== undefined && "orchestrate" in readManifest(directory);
    });
}

function readManifest(directory: string): object {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return {};
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof manifest === "object" && manifest !== null ? manifest : {};
  } catch {
    // Whoever needs it says what is wrong with it.
    return {};
  }
}
