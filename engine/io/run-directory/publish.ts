import { chmodSync, copyFileSync, cpSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Digest, digestFile, digestTree, errnoOf, ioWords, type OutputRecord } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { makeLastingDirectory } from "../make-lasting-directory.ts";
import { syncPath, syncTree } from "../sync-path.ts";
import { comingPlace } from "./coming-place.ts";
import { versionName } from "./published-version.ts";

/**
 * Puts a copy of an artifact at `to` where it is not there yet, atomically and durably: whoever looks, also after a
 * power cut, sees the whole old one or the whole new one, and of several processes that publish there one is the last.
 * A file is renamed into place. A directory can't be swapped by a rename, so that `to` is a symbolic link to a
 * directory beside it.
 *
 * What stands there is replaced only where nothing is lost with it.
 *
 * @param isHeld whether a run holds bytes of this digest.
 * @throws OrchestrateError `publish-refused` (policy) where something stands there that no run holds; codes of category
 * io where the file system refuses.
 */
export async function publish(artifact: string, output: OutputRecord, to: string, isHeld: IsHeld): Promise<void> {
  try {
    makeLastingDirectory(dirname(to));
    if (output.form === "directory") await publishDirectory(artifact, to, output.digest, isHeld);
    else await publishFile(artifact, to, output, isHeld);
  } catch (error) {
    throw error instanceof OrchestrateError ? error : failed(to, error);
  }
}

type IsHeld = (digest: Digest) => Promise<boolean>;

async function publishFile(artifact: string, to: string, output: OutputRecord, isHeld: IsHeld): Promise<void> {
  const { size, digest } = output;
  if (typeAt(to) === "file" && lstatSync(to).size === size && (await digestFile(to)).digest === digest) return;
  const former = await formerVersion(to, isHeld);
  const coming = comingPlace(to, digest);
  try {
    copyFileSync(artifact, coming);
    chmodSync(coming, 0o644);
    syncPath(coming);
    swap(coming, to, former);
  } finally {
    rmSync(coming, { recursive: true, force: true });
  }
}

async function publishDirectory(artifact: string, to: string, version: Digest, isHeld: IsHeld): Promise<void> {
  const name = versionName(to, version);
  const place = join(dirname(to), name);
  if (typeAt(to) === "link" && readlinkSync(to) === name && typeAt(place) === "directory") return;
  const former = await formerVersion(to, isHeld);
  const coming = comingPlace(to, version);
  try {
    await putCopy(artifact, coming, place, version);
    symlinkSync(name, coming);
    swap(coming, to, former === place ? undefined : former);
  } finally {
    rmSync(coming, { recursive: true, force: true });
  }
}

/**
 * Afterwards what stood there is where `coming` was: whoever is killed while it is removed leaves it to the next one.
 */
function swap(coming: string, to: string, former: string | undefined): void {
  renameSync(coming, to);
  syncPath(dirname(to));
  if (former !== undefined) renameSync(former, coming);
}

/** The directory that was published at `to` before, where there is one. Refuses what is in no run. */
async function formerVersion(to: string, isHeld: IsHeld): Promise<string | undefined> {
  const at = typeAt(to);
  if (at === "absent" || (at === "file" && (await isHeld((await digestFile(to)).digest)))) return undefined;
  if (at !== "link" || !readlinkSync(to).startsWith(`.${basename(to)}.`)) throw refused(to);
  const name = readlinkSync(to);
  const former = join(dirname(to), name);
  if (typeAt(former) === "absent") return undefined;
  const { digest } = await digestTree(former);
  // Its name says what was published: what is still that can be made again, whatever became of the run.
  if (name !== versionName(to, digest) && !(await isHeld(digest))) throw refused(to);
  return former;
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

function typeAt(path: string): "absent" | "file" | "directory" | "link" | "other" {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return "absent";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isDirectory()) return "directory";
  return stats.isFile() ? "file" : "other";
}

function refused(to: string): OrchestrateError {
  return new OrchestrateError({
    error: "publish-refused",
    category: "policy",
    detail: `Can't publish to ${to}: what stands there is in no run, and would be lost.`,
    hint: "Move it away, or publish to another place. The run is complete: orchestrate run then publishes.",
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
