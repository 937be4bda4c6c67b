import { dirname, isAbsolute, join } from "node:path";
import { descriptorPath, quotedPaths, type TracedCall } from "./traced-call.ts";

/** The system calls that an audit has to see. */
export const AUDITED_CALLS = [
  ...["openat", "creat", "write", "pwrite64", "writev", "ftruncate", "copy_file_range", "fsync", "fdatasync"],
  ...["rename", "renameat", "renameat2", "mkdir", "mkdirat", "symlink", "symlinkat", "link", "linkat", "chdir"],
];

/**
 * Replays the file system calls of a run and tells every rename into place that relies on something that a power cut
 * could still lose: bytes of a file, or the entry of a file or directory in its parent.
 */
export function auditSyncs(calls: readonly TracedCall[], root: string): readonly string[] {
  const audit = new Audit(root);
  for (const call of calls) audit.take(call);
  return audit.problems();
}

class Audit {
  readonly #root: string;
  /** Path to the number of the call that last wrote to it. */
  readonly #unsyncedBytes = new Map<string, number>();
  /** Path to the number of the call that made its entry. */
  readonly #unsyncedEntries = new Map<string, number>();
  readonly #fsyncsBegun = new Map<string, number>();
  readonly #directories = new Map<string, string>();
  readonly #problems: string[] = [];
  #number = 0;

  constructor(root: string) {
    this.#root = root;
  }

  take(call: TracedCall): void {
    this.#number += 1;
    if (call.name === "fsync" || call.name === "fdatasync") this.#fsync(call);
    else if (call.told !== "ends") this.#effect(call);
  }

  /** What was found on the way, and what nothing made durable in the end. */
  problems(): readonly string[] {
    const lasting = /\/(run\.json|manifest\.json|artifacts(\/.*)?|out\/.*)$/;
    const left = [...this.#unsyncedBytes.keys(), ...this.#unsyncedEntries.keys()].filter((path) => lasting.test(path));
    return [...this.#problems, ...left.map((path) => `at the end ${this.#short(path)} is not durable`)];
  }

  /** An fsync vouches for what was there when it began, once it has ended. */
  #fsync(call: TracedCall): void {
    if (call.told === "begins") {
      this.#fsyncsBegun.set(call.thread, this.#number);
      return;
    }
    const began = call.told === "ends" ? (this.#fsyncsBegun.get(call.thread) ?? 0) : this.#number;
    const path = descriptorPath(call)!;
    if ((this.#unsyncedBytes.get(path) ?? this.#number) < began) this.#unsyncedBytes.delete(path);
    for (const [entry, made] of this.#unsyncedEntries) {
      if (dirname(entry) === path && made < began) this.#unsyncedEntries.delete(entry);
    }
  }

  #effect(call: TracedCall): void {
    const paths = quotedPaths(call).map((path) => this.#resolve(call, path));
    const [first, second] = paths;
    switch (call.name) {
      case "chdir":
        this.#directories.set(call.thread, first!);
        return;
      case "openat":
      case "creat":
        if (/O_CREAT|O_TRUNC/.test(call.text)) this.#makeFile(first!);
        return;
      case "write":
      case "pwrite64":
      case "writev":
      case "ftruncate":
        this.#write(descriptorPath(call));
        return;
      case "copy_file_range":
        this.#write(/, \d+<([^>]+)>/.exec(call.text)?.[1]);
        return;
      case "mkdir":
      case "mkdirat":
        this.#makeEntry(first!);
        return;
      case "symlink":
      case "symlinkat":
      case "link":
      case "linkat":
        this.#makeEntry(second!);
        return;
      case "rename":
      case "renameat":
      case "renameat2":
        this.#rename(first!, second!);
        return;
    }
  }

  #resolve({ text, thread }: TracedCall, path: string): string {
    if (isAbsolute(path)) return path;
    const from = /^AT_FDCWD<([^>]+)>/.exec(text)?.[1] ?? this.#directories.get(thread) ?? "/unknown";
    return join(from, path);
  }

  #isOurs(path: string | undefined): path is string {
    return path?.startsWith(this.#root) === true;
  }

  #makeFile(path: string): void {
    this.#makeEntry(path);
    this.#write(path);
  }

  #makeEntry(path: string): void {
    if (this.#isOurs(path)) this.#unsyncedEntries.set(path, this.#number);
  }

  #write(path: string | undefined): void {
    if (this.#isOurs(path)) this.#unsyncedBytes.set(path, this.#number);
  }

  #rename(from: string, to: string): void {
    if (!this.#isOurs(to)) return;
    for (const path of this.#reliesOn(from, to)) {
      this.#problems.push(`${this.#short(to)} was put in place before ${this.#short(path)} was durable`);
    }
    for (const unsynced of [this.#unsyncedBytes, this.#unsyncedEntries]) {
      for (const [path, number] of [...unsynced]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        unsynced.delete(path);
        unsynced.set(to + path.slice(from.length), number);
      }
    }
    this.#unsyncedEntries.set(to, this.#number);
  }

  /** What a rename into place vouches for and is not durable. */
  #reliesOn(from: string, to: string): readonly string[] {
    if (from.endsWith(".coming")) return this.#publicationReliesOn(from);
    const [, directory, name] = /^(.*)\/(artifacts|manifest\.json|run\.json)$/.exec(to) ?? [];
    if (directory === undefined) return [];
    const isPhase = directory.includes("/phases/");
    const below = (path: string) => path === from || path.startsWith(`${from}/`);
    const bytes = (path: string) => below(path) || (name === "artifacts" && path === `${from}.manifest.json`);
    const entries = (path: string) =>
      (isPhase && (below(path) || path === `${from}.manifest.json` || directory === path)) ||
      (isPhase && directory.startsWith(`${path}/`)) ||
      (name === "manifest.json" && path === `${directory}/artifacts`) ||
      (name === "manifest.json" &&
        !isPhase &&
        path.startsWith(`${directory}/phases/`) &&
        path.endsWith("/manifest.json"));
    return [...[...this.#unsyncedBytes.keys()].filter(bytes), ...[...this.#unsyncedEntries.keys()].filter(entries)];
  }

  /** What is published, and, where it is a link, what lies beside it. */
  #publicationReliesOn(from: string): readonly string[] {
    const below = (path: string) => path.startsWith(`${from}/`);
    const beside = (path: string) => path !== from && dirname(path) === dirname(from);
    return [
      ...[...this.#unsyncedBytes.keys()].filter((path) => path === from || below(path)),
      ...[...this.#unsyncedEntries.keys()].filter((path) => below(path) || beside(path)),
    ];
  }

  #short(path: string): string {
    return path.slice(this.#root.length + 1).replace(/\d{8}T\d{6}Z-\w{4}/, "RUN");
  }
}
