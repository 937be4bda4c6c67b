import { chmodSync, linkSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestBytes } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../core/plan/candidate.ts";
import { find, type MadePhase, makeRun, newRunsDir, one, tell, time, told } from "./fixtures/made-run.ts";
import { openIndex } from "./open-index.ts";

function cut(file: string): void {
  chmodSync(file, 0o644);
  truncateSync(file, 2);
}

describe("holding", () => {
  it("gives a phase by the digest of an output, before and after it is written, and not once that was changed", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const { train } = await makeRun(runsDir, { run: "r1", phases: one });
    tell(index, "r1", train!);
    const { outputs, fingerprint } = train!.committed.manifest;
    const expected = expect.objectContaining({ run: "r1", phase: "train" });
    for (const { digest } of Object.values(outputs)) expect(index.holding(digest)).toEqual(expected);
    index.flush();
    for (const { digest } of Object.values(outputs)) expect(index.holding(digest)).toEqual(expected);
    // A record holds other digests as well.
    expect(index.holding(fingerprint.digest)).toBeUndefined();
    expect(index.holding(train!.committed.digest)).toBeUndefined();
    cut(train!.file);
    for (const { digest } of Object.values(outputs)) expect(await index.holding(digest)).toBeUndefined();
    index.close();
  });
});

describe("find", () => {
  it("gives a committed phase before and after it is written, without reading its files", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const { train } = await makeRun(runsDir, { run: "r1", phases: one });
    expect(index.find(train!.fingerprint)).toBeUndefined();
    tell(index, "r1", train!);
    const expected: Candidate = {
      run: "r1",
      phase: "train",
      key: null,
      committed: time(0),
      directory: train!.directory,
      fingerprint: train!.fingerprint,
      manifest: train!.committed.digest,
      outputs: train!.committed.manifest.outputs,
    };
    expect(index.find(train!.fingerprint)).toEqual(expected);
    index.flush();
    expect(index.find(train!.fingerprint)).toEqual(expected);
    index.close();
    expect(await find(runsDir, train!.fingerprint)).toEqual({ read: false, found: expected });
  });

  it("gives nothing for a fingerprint that nobody has", async () => {
    const { runsDir } = await told();
    expect(await find(runsDir, digestBytes("nobody"))).toEqual({ read: false, found: undefined });
  });

  const refuses = (title: string, change: (train: MadePhase) => void) =>
    it(`does not believe ${title}`, async () => {
      const { runsDir, train } = await told();
      change(train);
      expect((await find(runsDir, train.fingerprint)).found).toBeUndefined();
      // What was found out is kept.
      expect(await find(runsDir, train.fingerprint)).toEqual({ read: false, found: undefined });
    });
  const rewrite = (path: string, text: string) => {
    const { atimeMs, mtimeMs } = statSync(path);
    chmodSync(path, 0o644);
    writeFileSync(path, text);
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  };

  refuses("a file that was changed, its size and mtime as before", ({ file }) => rewrite(file, "jello"));
  refuses("a file that was truncated", ({ file }) => cut(file));
  refuses("a file that was replaced", ({ file }) => {
    rmSync(file);
    writeFileSync(file, "other");
  });
  refuses("a file that is gone", ({ file }) => rmSync(file));
  refuses("a leaf that was changed", ({ tree }) => rewrite(join(tree, "leaf"), "jello"));
  refuses("a leaf that was added", ({ tree }) => writeFileSync(join(tree, "more"), ""));
  refuses("a manifest that is gone", ({ directory }) => rmSync(join(directory, "manifest.json")));
  refuses("a manifest that is damaged", ({ directory }) => writeFileSync(join(directory, "manifest.json"), "{"));
  refuses("a phase that is gone", ({ directory }) => rmSync(directory, { recursive: true }));
  refuses("a manifest of another phase", ({ directory }) => {
    const path = join(directory, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(
      path,
      JSON.stringify({ ...manifest, fingerprint: { ...manifest.fingerprint, digest: digestBytes("y") } }),
    );
  });

  it("digests again what was only touched, and only once", async () => {
    const { runsDir, train } = await told();
    utimesSync(train.file, 1, 1);
    utimesSync(join(train.tree, "leaf"), 1, 1);
    utimesSync(join(train.directory, "manifest.json"), 1, 1);
    const first = await find(runsDir, train.fingerprint);
    expect([first.read, first.found?.run]).toEqual([true, "r1"]);
    const second = await find(runsDir, train.fingerprint);
    expect([second.read, second.found?.run]).toEqual([false, "r1"]);
  });

  it("takes the next one where the first is gone", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    await makeRun(runsDir, { run: "r2", phases: one, minute: 2 });
    openIndex(runsDir).close();
    rmSync(train!.file);
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r2");
  });

  it("prefers the first committed where results differ, whichever run was loaded", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const late = await makeRun(runsDir, { run: "r1", phases: { train: { print: "x", text: "second" } }, minute: 2 });
    const early = await makeRun(runsDir, { run: "r2", phases: { train: { print: "x", text: "first" } }, minute: 1 });
    tell(index, "r1", late.train!);
    tell(index, "r2", early.train!);
    index.close();
    expect(await find(runsDir, late.train!.fingerprint)).toMatchObject({ read: false, found: { run: "r2" } });
  });

  it("prefers the first committed among those that are not written yet", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const late = await makeRun(runsDir, { run: "r1", phases: one, minute: 5 });
    const early = await makeRun(runsDir, { run: "r2", phases: one, minute: 3 });
    tell(index, "r1", late.train!);
    tell(index, "r2", early.train!);
    expect(index.find(late.train!.fingerprint)).toMatchObject({ run: "r2" });
    index.close();
  });
});

describe("linked", () => {
  it("keeps a candidate known after the engine linked its files", async () => {
    const { runsDir, train } = await told();
    const index = openIndex(runsDir);
    const candidate = index.find(train.fingerprint) as Candidate;
    linkSync(train.file, join(runsDir, "link"));
    linkSync(join(train.tree, "leaf"), join(runsDir, "link-2"));
    index.linked(candidate.directory);
    expect(index.find(train.fingerprint)).toEqual(candidate);
    index.close();
    expect(await find(runsDir, train.fingerprint)).toEqual({ read: false, found: candidate });
  });

  it("keeps a phase known that was told just now, and the digests of its larger files", async () => {
    const runsDir = newRunsDir();
    const text = "x".repeat(1 << 16);
    const index = openIndex(runsDir);
    const { train } = await makeRun(runsDir, { run: "r1", phases: { train: { print: "large", text } } });
    tell(index, "r1", train!);
    const leaf = join(train!.tree, "leaf");
    linkSync(leaf, join(runsDir, "link"));
    index.linked(train!.directory);
    index.close();
    const again = openIndex(runsDir);
    expect(again.find(train!.fingerprint)).toMatchObject({ run: "r1" });
    const { size, mtimeMs, ctimeMs, ino } = statSync(leaf);
    expect(again.source(train!.tree)?.stats).toContainEqual(["leaf", size, mtimeMs, ctimeMs, ino, digestBytes(text)]);
    again.close();
  });

  it("is needed by no candidate: one whose links were changed by others is digested again, its files as well", async () => {
    const runsDir = newRunsDir();
    const text = "x".repeat(1 << 16);
    const { train } = await makeRun(runsDir, { run: "r1", phases: { train: { print: "large", text } } });
    const leaf = join(train!.tree, "leaf");
    openIndex(runsDir).close();
    linkSync(leaf, join(runsDir, "link"));
    expect(await find(runsDir, train!.fingerprint)).toMatchObject({ read: true, found: { run: "r1" } });
    const index = openIndex(runsDir);
    expect(index.find(train!.fingerprint)).toMatchObject({ run: "r1" });
    const { size, mtimeMs, ctimeMs, ino } = statSync(leaf);
    expect(index.source(train!.tree)?.stats).toContainEqual(["leaf", size, mtimeMs, ctimeMs, ino, digestBytes(text)]);
    index.close();
  });

  it("does not make a changed file true", async () => {
    const { runsDir, train } = await told();
    const index = openIndex(runsDir);
    const candidate = index.find(train.fingerprint) as Candidate;
    chmodSync(train.file, 0o644);
    writeFileSync(train.file, "jello");
    index.linked(candidate.directory);
    expect(await index.find(train.fingerprint)).toBeUndefined();
    index.close();
  });
});
