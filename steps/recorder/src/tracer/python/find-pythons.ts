import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Python that was found, and how it would be traced; `way` is undefined where it is too old. */
export interface FoundPython {
  readonly path: string;
  readonly version: string;
  readonly way: "sys.monitoring" | "sys.settrace" | undefined;
}

/** The Pythons in the directories of a search path, each once however many names it has, in their order. */
export function findPythons(searchPath: string): readonly FoundPython[] {
  const found = new Map<string, FoundPython>();
  const asked = new Set<string>();
  for (const path of searchPath.split(delimiter).flatMap(pythonsIn)) {
    const real = realpathSync(path);
    if (asked.has(real)) continue;
    asked.add(real);
    const answer = ask(path);
    if (answer !== undefined && !found.has(answer.executable)) found.set(answer.executable, answer.python);
  }
  return [...found.values()];
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

const QUESTION = "import os, sys; print('%d.%d.%d' % sys.version_info[:3], os.path.realpath(sys.executable))";

/** What it says of itself: what is on the path may be a script that starts another. */
function ask(path: string): { readonly executable: string; readonly python: FoundPython } | undefined {
  const { stdout, status } = spawnSync(path, ["-c", QUESTION], { encoding: "utf8", timeout: 10_000 });
  const found = /^((\d+)\.(\d+)\.\d+) (.+)$/.exec(status === 0 ? stdout.trim() : "");
  if (found === null) return undefined;
  const [, version = "", major, minor, executable = ""] = found;
  const isOld = major !== "3" || Number(minor) < 8;
  const way = isOld ? undefined : Number(minor) < 12 ? "sys.settrace" : "sys.monitoring";
  return { executable, python: { path, version, way } };
}
