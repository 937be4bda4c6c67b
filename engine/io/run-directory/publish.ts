import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Digest, digestFile, type OutputRecord } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";

/**
 * Puts a copy of an artifact at `to` where it is not there yet, atomically: whoever looks sees the whole old one or the whole new one. A file is
 * renamed into place. A directory can't be swapped by a rename, so that `to` is a symbolic link to a directory beside it.
 *
 * @throws OrchestrateError `publish-refused` (policy) where something else than a former publication stands there.
 */
export async function publish(artifact: string, output: OutputRecord, to: string, version: Digest): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  if (output.form === "directory") publishDirectory(artifact, to, version);
  else await publishFile(artifact, to, output);
}

async function publishFile(artifact: string, to: string, { size, digest }: OutputRecord): Promise<void> {
  const at = typeAt(to);
  if (at === "directory" || at === "other") throw refused(to, "a directory stands there");
  if (at === "file" && lstatSync(to).size === size && (await digestFile(to)).digest === digest) return;
  const coming = join(dirname(to), `.${basename(to)}.coming`);
  rmSync(coming, { force: true });
  copyFileSync(artifact, coming);
  chmodSync(coming, 0o644);
  renameSync(coming, to);
}

function publishDirectory(artifact: string, to: string, version: Digest): void {
  const name = `.${basename(to)}.${version.slice("sha256:".length, "sha256:".length + 16)}`;
  const at = typeAt(to);
  if (at !== "absent" && !(at === "link" && readlinkSync(to).startsWith(`.${basename(to)}.`))) {
    throw refused(to, "something that was not published stands there");
  }
  const former = at === "link" ? readlinkSync(to) : undefined;
  const place = join(dirname(to), name);
  if (former === name && typeAt(place) === "directory") return;
  rmSync(place, { recursive: true, force: true });
  cpSync(artifact, place, { recursive: true, verbatimSymlinks: true });
  const coming = `${place}.coming`;
  rmSync(coming, { force: true });
  symlinkSync(name, coming);
  renameSync(coming, to);
  if (former !== undefined && former !== name) rmSync(join(dirname(to), former), { recursive: true, force: true });
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
