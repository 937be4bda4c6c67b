import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { Scratch } from "./scratch-directory.ts";

/** A file system of its own in memory, which can be full or read-only. */
export interface SmallDisk extends Disposable {
  readonly directory: string;
  resize(megabytes: number): void;
  makeReadOnly(): void;
}

/** Whether this machine lets the tests mount one. */
export function canMount(scratch: Scratch): boolean {
  const directory = scratch.directory();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory]).status === 0;
  if (mounted) execFileSync("umount", [directory]);
  return mounted;
}

export function smallDisk(scratch: Scratch, megabytes: number): SmallDisk {
  const directory = `${scratch.directory()}/disk`;
  mkdirSync(directory);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", directory]);
  const remount = (option: string) => void execFileSync("mount", ["-o", `remount,${option}`, directory]);
  return {
    directory,
    resize: (size) => remount(`size=${size}m`),
    makeReadOnly: () => remount("ro"),
    [Symbol.dispose]: () => void execFileSync("umount", ["--lazy", directory]),
  };
}
