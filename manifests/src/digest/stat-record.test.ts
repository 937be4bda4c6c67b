import { chmodSync, linkSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { statArtifact, statRecord, unchangedButForLinks, unchangedSince } from "./stat-record.ts";

describe("unchangedSince", () => {
  it("notices a file that was changed, truncated, replaced or removed, even with its mtime put back", () => {
    const path = `${freshDirectory()}/file`;
    const changes: (() => void)[] = [
      () => writeFileSync(path, "Text"),
      () => truncateSync(path, 2),
      () => {
        writeFileSync(`${path}.new`, "text");
        renameSync(`${path}.new`, path);
      },
      () => rmSync(path),
    ];
    for (const change of changes) {
      writeFileSync(path, "text");
      const entries = [{ path: ".", ...statRecord(path) }];
      const { atime, mtime } = statSync(path);
      expect(unchangedSince(path, entries)).toBe(true);
      untilTheClockTicks(path);
      change();
      if (statSync(path, { throwIfNoEntry: false })) utimesSync(path, atime, mtime);
      expect(unchangedSince(path, entries)).toBe(false);
    }
  });

  it("notices what is added to, removed from or changed in a directory", () => {
    const root = freshDirectory();
    const changes: (() => void)[] = [
      () => place(`${root}/sub/new`, ""),
      () => rmSync(`${root}/sub/a`),
      () => writeFileSync(`${root}/sub/a`, "other"),
      () => renameSync(`${root}/sub`, `${root}/sub2`),
    ];
    for (const change of changes) {
      place(`${root}/sub/a`, "a");
      const entries = statArtifact(root, "directory");
      expect(entries.map(({ path }) => path)).toContain("sub/a");
      expect(unchangedSince(root, entries)).toBe(true);
      untilTheClockTicks(root);
      change();
      expect(unchangedSince(root, entries)).toBe(false);
    }
  });

  it("takes a file in the place of a directory as a change", () => {
    const root = freshDirectory();
    place(`${root}/sub/a`, "a");
    const entries = statArtifact(root, "directory").filter(({ path }) => path === "sub/a");
    rmSync(`${root}/sub`, { recursive: true });
    writeFileSync(`${root}/sub`, "");
    expect(unchangedSince(root, entries)).toBe(false);
  });
});

describe("unchangedButForLinks", () => {
  it("minds neither links nor permissions, and everything else", () => {
    const root = freshDirectory();
    place(`${root}/a`, "a");
    place(`${root}/sub/b`, "b");
    const entries = statArtifact(root, "directory");
    untilTheClockTicks(root);
    linkSync(`${root}/a`, `${freshDirectory()}/link`);
    chmodSync(`${root}/sub/b`, 0o444);
    expect(unchangedSince(root, entries)).toBe(false);
    expect(unchangedButForLinks(root, entries)).toBe(true);
    utimesSync(`${root}/a`, 1, 1);
    expect(unchangedButForLinks(root, entries)).toBe(false);
    expect(unchangedButForLinks(`${root}/none`, entries)).toBe(false);
  });
});

describe("statRecord", () => {
  it("says what is not there", async () => {
    const error = await thrownBy(() => statRecord("/nowhere/at/all"));
    expect(error).toMatchObject({ code: "not-found", category: "io" });
    expect(error.detail).toContain("Could not look at /nowhere/at/all: ENOENT");
  });
});

/** Kernels before 6.13 stamp files with a clock of some milliseconds: what happens within one tick looks the same. */
function untilTheClockTicks(path: string): void {
  const { ctimeMs } = statSync(path);
  const probe = `${freshDirectory()}/probe`;
  do writeFileSync(probe, "");
  while (statSync(probe).ctimeMs <= ctimeMs);
}
