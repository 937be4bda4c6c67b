import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestBytes, digestTree, unchangedSince } from "@orchestrate/manifests";
import type { OrchestrateError } from "@orchestrate/sdk";
import { describe, expect, it, vi } from "vitest";
import { digestSource, knownSource } from "./digest-source.ts";
import type { KnownSource } from "./index-port.ts";

const newDirectory = () => mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-source-"));

function keeping() {
  const kept = new Map<string, KnownSource>();
  return {
    kept,
    source: (path: string) => kept.get(path),
    putSource: (path: string, source: KnownSource) => void kept.set(path, source),
  };
}

/** Digests until the source is old enough to be kept. */
async function keep(path: string) {
  const index = keeping();
  while (!index.kept.has(path)) await digestSource(path, index);
  return index;
}

async function refusal(path: string): Promise<OrchestrateError> {
  try {
    await digestSource(path, keeping());
  } catch (error) {
    return error as OrchestrateError;
  }
  throw new Error(`${path} was digested`);
}

describe("digestSource", () => {
  it("digests a file and a directory", async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, "a"), "text");
    const index = keeping();
    expect(await digestSource(join(directory, "a"), index)).toMatchObject({
      digest: digestBytes("text"),
      form: "file",
    });
    const { digest } = await digestTree(directory);
    expect(await digestSource(directory, index)).toMatchObject({ digest, form: "directory" });
  });

  it("knows a source that looks the same, and not one that was changed with its mtime put back", async () => {
    const path = join(newDirectory(), "a");
    writeFileSync(path, "one");
    const index = await keep(path);
    const known = knownSource(path, index);
    expect(known).toEqual(await digestSource(path, index));
    expect(known?.digest).toBe(digestBytes("one"));
    writeFileSync(path, "two");
    utimesSync(path, known!.stats[0]!.mtimeMs / 1000, known!.stats[0]!.mtimeMs / 1000);
    expect(knownSource(path, index)).toBeUndefined();
    expect((await digestSource(path, index)).digest).toBe(digestBytes("two"));
  });

  it("can't tell by its looks whether a source that was written just now was written again", async () => {
    const path = join(newDirectory(), "a");
    writeFileSync(path, "one");
    vi.spyOn(Date, "now").mockReturnValue(Math.ceil(statSync(path).ctimeMs));
    const { stats } = await digestSource(path, keeping());
    vi.restoreAllMocks();
    expect(unchangedSince(path, stats)).toBe(false);
    const index = await keep(path);
    expect(unchangedSince(path, knownSource(path, index)!.stats)).toBe(true);
  });

  it("notices a file that is added deep in a directory", async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, "a/b"), { recursive: true });
    const index = await keep(directory);
    expect(knownSource(directory, index)).toBeDefined();
    writeFileSync(join(directory, "a/b/c"), "");
    expect(knownSource(directory, index)).toBeUndefined();
  });

  it("says what is not there, or can't be a source", async () => {
    const directory = newDirectory();
    const missing: OrchestrateError = await refusal(join(directory, "x"));
    expect(missing.toEnvelope()).toEqual({
      error: "source-not-found",
      category: "input",
      detail: `There is nothing at ${directory}/x.`,
      hint: "Correct the path, which is relative to the pipeline file, or make the file.",
    });
    execFileSync("mkfifo", [join(directory, "pipe")]);
    const pipe: OrchestrateError = await refusal(join(directory, "pipe"));
    expect([pipe.code, pipe.detail]).toEqual([
      "source-unreadable",
      `${directory}/pipe is neither a file nor a directory.`,
    ]);
  });

  it("gives up on a source that changes whenever it is read", async () => {
    const path = join(newDirectory(), "a");
    writeFileSync(path, "x".repeat(2 * 1024 * 1024));
    // A file above 1 MiB is read in pieces, between which others run.
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        utimesSync(path, n, n);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const error: OrchestrateError = await refusal(path);
    writing = false;
    await writer;
    expect([error.code, error.category, error.detail]).toEqual([
      "source-changed",
      "io",
      `${path} was changed three times while it was read.`,
    ]);
  });
});
