import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Makes directories for the tests of one file, which are removed once all of them have ended. */
export interface Scratch {
  /** A fresh, empty directory; its path is short, as sockets need it. */
  directory(): string;
}

export function scratchDirectory(): Scratch {
  const made: string[] = [];
  // What npm installed takes a busy disk a while to delete.
  afterAll(() => {
    for (const directory of made) rmSync(directory, { recursive: true, force: true });
  }, 300_000);
  return {
    directory: () => {
      const directory = realpathSync(mkdtempSync(join(tmpdir(), "orc-")));
      made.push(directory);
      return directory;
    },
  };
}
