import { type Stats, statSync } from "node:fs";
import { digestArtifact, errnoOf, type StatEntry, statArtifact, unchangedSince } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Source } from "../../run/ports/surroundings.ts";
import { isSettled } from "../is-settled.ts";
import type { Index } from "./index-port.ts";
import { packStats, unpackStats } from "./packed-stats.ts";

/** What is known of a source, where it still looks as it did when it was digested. Reads none of it. */
export function knownSource(path: string, index: Pick<Index, "source">): Source | undefined {
  const known = index.source(path);
  if (known === undefined) return undefined;
  const stats = unpackStats(known.stats);
  return unchangedSince(path, stats) ? { path, digest: known.digest, form: known.form, stats } : undefined;
}

/**
 * The digest of a source: at once from the index where it still looks the same, else by reading it.
 *
 * @throws OrchestrateError `source-not-found` or `source-unreadable` (input), `source-changed` (io) where it keeps
 * changing while it is read; ManifestError for what a tree can't hold.
 */
export function digestSource(path: string, index: Pick<Index, "source" | "putSource">): Source | Promise<Source> {
  return knownSource(path, index) ?? readSource(path, index);
}

async function readSource(path: string, index: Pick<Index, "putSource">): Promise<Source> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const form = formOf(path);
    const taken = Date.now();
    const stats = statArtifact(path, form);
    const { digest } = await digestArtifact(path, form);
    if (!unchangedSince(path, stats)) continue;
    if (isSettled(stats, taken)) index.putSource(path, { digest, form, stats: packStats(stats) });
    return { path, digest, form, stats: stats.map((entry) => sure(entry, taken)) };
  }
  throw new OrchestrateError({
    error: "source-changed",
    category: "io",
    detail: `${path} was changed three times while it was read.`,
    hint: "Wait until nothing writes to it any more, or wire a copy of it.",
  });
}

/** NaN is equal to nothing, so that what has it is digested whenever it is looked at. */
function sure(entry: StatEntry, taken: number): StatEntry {
  return isSettled([entry], taken) ? entry : { ...entry, ctimeMs: Number.NaN };
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
  throw unreadable(`${path} is neither a file nor a directory.`);
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) !== "ELOOP") throw error;
    throw unreadable(`${path} is a symbolic link that leads back to itself.`);
  }
}

function unreadable(detail: string): OrchestrateError {
  const hint = "Wire a file or a directory.";
  return new OrchestrateError({ error: "source-unreadable", category: "input", detail, hint });
}
