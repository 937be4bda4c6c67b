import { chmodSync, copyFileSync, cpSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Digest, digestFile, digestTree, errnoOf, ioWords, type OutputRecord } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { makeLastingDirectory } from "../make-lasting-directory.ts";
import { syncPath, syncTree } from "../sync-path.ts";
import { comingPlace, versionName } from "./coming-place.ts";

/**
 * Puts a copy of an artifact at `to` where it is not there yet, atomically and durably: whoever looks, also after a power
 * cut, sees the whole old one or the whole new one, and of several processes that publish there one is the last. A file is
 * renamed into place. A directory can't be swapped by a rename, so that `to` is a symbolic link to a directory beside it.
 *
 * @throws OrchestrateError `publish-refused` (policy) where something else than a former publication stands there; codes of
 * category io where the file system refuses.
 */
export async function publish(artifact: string, output: OutputRecord, to: string, version: Digest): Promise<void> {
  try {
    makeLastingDirectory(dirname(to));
    if (output.form === "directory") await publishDirectory(artifact, to, version);
    else await publishFile(artifact, to, output);
  } catch (error) {
    throw error instanceof OrchestrateError ? error : failed(to, error);
  }
}

async function publishFile(artifact: string, to: string, { size, digest }: OutputRecord): Promise<void> {
  const at = typeAt(to);
  if (at === "directory" || at === "other") throw refused(to, "a directory stands there");
  if (at === "file" && lstatSync(to).size === size && (await digestFile(to)).digest === digest) return;
  const coming = comingPlace(to, digest);
  try {
    copyFileSync(artifact, coming);
    chmodSync(coming, 0o644);
    syncPath(coming);
    renameSync(coming, to);
  } finally {
    rmSync(coming, { force: true });
  }
  syncPath(dirname(to));
}

async function publishDirectory(artifact: string, to: string, version: Digest): Promise<void> {
  const name = versionName(to, version);
  const at = typeAt(to);
  if (at !== "absent" && !(at === "link" && isOurs(readlinkSync(to), to))) {
    throw refused(to, "something that was not published stands there");
  }
  const former = at === "link" ? readlinkSync(to) : undefined;
  const place = join(dirname(to), name);
  if (former === name && typeAt(place) === "directory") return;
  const coming = comingPlace(to, version);
  try {
    await putCopy(artifact, coming, place, version);
    symlinkSync(name, coming);
    renameSync(coming, to);
  } finally {
    rmSync(coming, { recursive: true, force: true });
  }
  syncPath(dirname(to));
  if (former !== undefined && former !== name) rmSync(join(dirname(to), former), { recursive: true, force: true });
}

/** Where another process was first, its copy may be in use already: it stays, if it is whole. */
async function putCopy(artifact: string, coming: string, place: string, version: Digest): Promise<void> {
  if (typeAt(place) === "directory" && (await digestTree(place)).digest === version) return;
  cpSync(artifact, coming, { recursive: true, verbatimSymlinks: true });
  syncTree(coming);
  rmSync(place, { recursive: true, force: true });
  renameSync(coming, place);
  syncPath(dirname(place));
}

function isOurs(link: string, to: string): boolean {
  return link.startsWith(`.${basename(to)}.`);
}

function typeAt(path: string): "absent" | "file" | "directory" | "link" | "other" {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return "absent";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isDirectory()) return "directory";
  return stats.isFile() ? "file" : "other";
}

function refused(to: string, why: string): OrchestrateError {
  const detail = `Can't publish to ${to}: ${why}.`;
  return new OrchestrateError({
    error: "publish-refused",
    category: "policy",
    detail,
    hint: "Move it away, or publish to another place.",
  });
}

function failed(to: string, cause: unknown): OrchestrateError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new OrchestrateError(
    {
      error: ioWords(errnoOf(cause)).code,
      category: "io",
      detail: `Could not publish to ${to}: ${why}.`,
      hint: "The run is complete all the same; once that is mended, orchestrate run publishes.",
    },
    { cause },
  );
}
