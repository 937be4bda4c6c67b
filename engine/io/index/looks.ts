import { lstatSync, type Stats, statSync } from "node:fs";
import type { PackedEntry } from "./index-port.ts";

/** What one file or directory looked like. `itself`: the path may be a link, which is looked at and not followed. */
export interface Look {
  /** Absolute. */
  readonly path: string;
  readonly of: "target" | "itself";
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** Many looks in a form that is read fast: ten thousand phases have some thirty thousand. */
export interface PackedLooks {
  /** One a line, relative to `base` where they lie below it; one that may be a link begins with `=`. */
  readonly paths: string;
  /** Size, mtime, ctime and inode of each, as eight-byte floats. */
  readonly numbers: Uint8Array;
}

/** The looks of an artifact from what is kept of it; its own path may be a link, and so may not those below it. */
export function looksOf(artifact: string, entries: readonly PackedEntry[]): readonly Look[] {
  return entries.map(([path, size, mtimeMs, ctimeMs, ino]) =>
    path === "."
      ? { path: artifact, of: "target", size, mtimeMs, ctimeMs, ino }
      : { path: `${artifact}/${path}`, of: "itself", size, mtimeMs, ctimeMs, ino },
  );
}

/** @returns undefined where a path can't be packed, having a line break in it. */
export function packLooks(base: string, looks: readonly Look[]): PackedLooks | undefined {
  const numbers = new Float64Array(looks.length * 4);
  const paths: string[] = [];
  for (const [index, { path, of, size, mtimeMs, ctimeMs, ino }] of looks.entries()) {
    if (path.includes("\n")) return undefined;
    const short = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
    paths.push(of === "itself" ? `=${short}` : short);
    numbers.set([size, mtimeMs, ctimeMs, ino], index * 4);
  }
  return { paths: paths.join("\n"), numbers: new Uint8Array(numbers.buffer) };
}

/** Whether everything still looks so. */
export function stillLooks(base: string, { paths, numbers }: PackedLooks): boolean {
  if (paths === "") return true;
  // What a database gives may begin anywhere in its buffer, and floats may not.
  const known = new Float64Array(numbers.slice().buffer);
  return paths.split("\n").every((path, index) => {
    const now = path.startsWith("=") ? look(lstatSync, base, path.slice(1)) : look(statSync, base, path);
    const at = index * 4;
    return (
      now !== undefined &&
      now.size === known[at] &&
      now.mtimeMs === known[at + 1] &&
      now.ctimeMs === known[at + 2] &&
      now.ino === known[at + 3]
    );
  });
}

/** What can't be looked at is as good as gone. */
function look(stat: typeof statSync, base: string, path: string): Stats | undefined {
  try {
    return stat(path.startsWith("/") ? path : `${base}/${path}`, noThrow);
  } catch {
    return undefined;
  }
}

const noThrow = { throwIfNoEntry: false } as const;
