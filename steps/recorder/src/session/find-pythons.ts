import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Python that was found, and how it would be traced; `way` is undefined where it is too old. */
export interface FoundPython {
  readonly path: string;
  readonly version: string;
  readonly way: "sys.monitoring" | "sys.settrace" | undefined;
}

/** The Pythons in the directories of a search path, each once, in their order. */
export function findPythons(searchPath: string): readonly FoundPython[] {
  const seen = new Set<string>();
  return searchPath.split(delimiter).flatMap((directory) =>
    pythonsIn(directory).flatMap((path) => {
      const real = realpathSync(path);
      if (seen.has(real)) return [];
      seen.add(real);
      return ask(path);
    }),
  );
}

function pythonsIn(directory: string): readonly string[] {
  try {
    const names = readdirSync(directory).filter((name) => /^python3?(?:\.\d+)?$/.test(name));
    return names
      .sort()
      .map((name) => join(directory, name))
      .filter(isExecutable);
  } catch {
    // A search path may name what is not there.
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ask(path: string): readonly FoundPython[] {
  const { stdout, status } = spawnSync(path, ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  const found = /^(\d+)\.(\d+)\.\d+$/.exec(status === 0 ? stdout.trim() : "");
  if (found === null) return [];
  const [version, major, minor] = [found[0], Number(found[1]), Number(found[2])];
  const way = major !== 3 || minor < 8 ? undefined : minor < 12 ? "sys.settrace" : "sys.monitoring";
  return [{ path, version, way }];
}
