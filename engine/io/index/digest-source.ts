import { type Stats, statSync } from "node:fs";
import { type Digest, digestArtifact, type StatEntry, statArtifact, unchangedSince } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { isSettled } from "../is-settled.ts";
import type { Index } from "./index-port.ts";
import { packStats, unpackStats } from "./packed-stats.ts";

/** A file or directory outside of the runs, as it was digested. */
export interface DigestedSource {
  /** Absolute. */
  readonly path: string;
  readonly digest: Digest;
  readonly form: "file" | "directory";
  /** Bytes; of a directory, the sum over its files. */
  readonly size: number;
  /**
   * What was written so lately that its times can't tell a later change has NaN for its ctime: so it never looks the same,
   * and has to be digested to know.
   */
  readonly stats: readonly StatEntry[];
}

/** What is known of a source, where it still looks as it did when it was digested. Reads none of it. */
export function knownSource(path: string, index: Pick<Index, "source">): DigestedSource | undefined {
  const known = index.source(path);
  if (known === undefined) return undefined;
  const stats = unpackStats(known.stats);
  return unchangedSince(path, stats)
    ? { path, digest: known.digest, form: known.form, size: known.size, stats }
    : undefined;
}

/**
 * The digest of a source: at once from the index where it still looks the same, else by reading it.
 *
 * @throws OrchestrateError `source-not-found` or `source-unreadable` (input), `source-changed` (io) where it keeps changing while it is read;
 * ManifestError for what a tree can't hold.
 */
export function digestSource(
  path: string,
  index: Pick<Index, "source" | "putSource">,
): DigestedSource | Promise<DigestedSource> {
  return knownSource(path, index) ?? readSource(path, index);
}

async function readSource(path: string, index: Pick<Index, "putSource">): Promise<DigestedSource> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const form = formOf(path);
    const taken = Date.now();
    const stats = statArtifact(path, form);
    const { digest, size } = await digestArtifact(path, form);
    if (sourceChanged(path, stats)) continue;
    if (isSettled(stats, taken)) index.putSource(path, { digest, form, size, stats: packStats(stats) });
    return { path, digest, form, size, stats: stats.map((entry) => sure(entry, taken)) };
  }
  throw new OrchestrateError({
    error: "source-changed",
    category: "io",
    detail: `${path} was changed three times while it was read.`,
    hint: "Wait until nothing writes to it any more, or wire a copy of it.",
  });
}

function sure(entry: StatEntry, taken: number): StatEntry {
  return isSettled([entry], taken) ? entry : { ...entry, ctimeMs: Number.NaN };
}

/** Whether a source no longer looks as it did. */
export function sourceChanged(path: string, stats: readonly StatEntry[]): boolean {
  return !unchangedSince(path, stats);
}

function formOf(path: string): "file" | "directory" {
  const stats = statsOf(path);
  if (stats === undefined) {
    throw new OrchestrateError({
      error: "source-not-found",
      category: "input",
      detail: `There is nothing at ${path}.`,
      hint: "Correct the path, which is relative to the pipeline file, or make the file.",
    });
  }
  if (stats.isDirectory()) return "directory";
  if (stats.isFile()) return "file";
  throw new OrchestrateError({
    error: "source-unreadable",
    category: "input",
    detail: `${path} is neither a file nor a directory.`,
    hint: "Wire a file or a directory.",
  });
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ELOOP")) throw error;
    throw new OrchestrateError({
      error: "source-unreadable",
      category: "input",
      detail: `${path} is a symbolic link that leads back to itself.`,
      hint: "Wire a file or a directory.",
    });
  }
}
