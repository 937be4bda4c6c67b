import { readFileSync } from "node:fs";
import { z } from "zod";
import { digestBytes } from "../digest/digest-bytes.ts";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import type { Digest } from "../schema/digest.ts";
import { PhaseManifest } from "../schema/phase-manifest.ts";
import { RunDocument } from "../schema/run-document.ts";
import { RunManifest } from "../schema/run-manifest.ts";

/**
 * Reads a phase's manifest.json. Throws `not-found` (io) or `manifest-unreadable` (invariant), naming file and field.
 */
export function readPhaseManifest(path: string): { manifest: PhaseManifest; digest: Digest } {
  const { value, digest } = readRecord(path, PhaseManifest);
  return { manifest: value, digest };
}

/**
 * Reads a phase's manifest.json whose digest is known from an earlier reading: where the bytes still have it, they are
 * not checked against the schema again, which takes most of the time. Throws as `readPhaseManifest` does.
 */
export function readKnownManifest(path: string, known: Digest): PhaseManifest {
  const bytes = readBytes(path);
  if (digestBytes(bytes) === known) return parse(path, bytes) as PhaseManifest;
  return readPhaseManifest(path).manifest;
}

/** Reads a run's own manifest.json; throws as `readPhaseManifest` does. */
export function readRunManifest(path: string): { manifest: RunManifest; digest: Digest } {
  const { value, digest } = readRecord(path, RunManifest);
  return { manifest: value, digest };
}

/** Reads a run.json; throws as `readPhaseManifest` does. */
export function readRunDocument(path: string): { document: RunDocument; digest: Digest } {
  const { value, digest } = readRecord(path, RunDocument);
  return { document: value, digest };
}

function readRecord<T>(path: string, schema: z.ZodType<T>): { value: T; digest: Digest } {
  const bytes = readBytes(path);
  const parsed = schema.safeParse(parse(path, bytes));
  if (!parsed.success) throw unreadable(path, describe(parsed.error));
  return { value: parsed.data, digest: digestBytes(bytes) };
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw ioError(error, "read", path);
  }
}

function parse(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    // The message holds a piece of the text, with its line feeds.
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
    throw unreadable(path, `it is not JSON (${why})`);
  }
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "it does not fit its schema";
  return `${issue.path.length === 0 ? "the document" : z.core.toDotPath(issue.path)}: ${issue.message}`;
}

function unreadable(path: string, why: string): ManifestError {
  return new ManifestError({
    error: "manifest-unreadable",
    category: "invariant",
    detail: `${path} can't be read: ${why}.`,
    hint: "It was changed or damaged after it was written, or a newer version wrote it. Restore it, or start a new run.",
  });
}
