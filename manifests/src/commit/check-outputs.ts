import { lstatSync, type Stats } from "node:fs";
import { type TreeItem, walkTree } from "../digest/walk-tree.ts";
import { fileType } from "../file-type.ts";
import { errnoOf, ioError } from "../io-error.ts";
import { isPlainPath } from "../layout/plain-path.ts";
import { ManifestError } from "../manifest-error.ts";
import type { DeclaredOutput } from "./commit-request.ts";

/** A declared output that is there. */
export interface FoundOutput {
  readonly name: string;
  readonly declared: DeclaredOutput;
  readonly absolute: string;
  readonly stats: Stats;
  /** Of a directory, what is below it; nothing of a file. */
  readonly items: readonly TreeItem[];
}

/**
 * Finds every declared output in the staging directory; an optional one may be absent.
 *
 * @throws ManifestError `output-missing` or `output-form` (failed), `output-path` (input), or what `walkTree` throws.
 */
export function checkOutputs(staging: string, outputs: Readonly<Record<string, DeclaredOutput>>): FoundOutput[] {
  const stats = look(staging);
  if (stats === undefined || !stats.isDirectory()) throw stagingGone(staging);
  return Object.entries(outputs).flatMap(([name, declared]) => {
    const found = find(staging, name, declared);
    return found === undefined ? [] : [found];
  });
}

function find(staging: string, name: string, declared: DeclaredOutput): FoundOutput | undefined {
  const absolute = `${staging}/${declared.path}`;
  if (!isPlainPath(declared.path)) throw badPath(name, declared.path);
  refuseLinkedParents(staging, name, declared.path);
  const stats = look(absolute);
  if (stats === undefined) {
    if (declared.optional) return undefined;
    throw missing(name, declared.path, staging);
  }
  const wanted = declared.form === "directory" ? "directory" : "file";
  if (wanted === "directory" ? !stats.isDirectory() : !stats.isFile()) throw wrongForm(name, absolute, wanted, stats);
  return { name, declared, absolute, stats, items: wanted === "directory" ? walkTree(absolute) : [] };
}

/** An output behind a linked directory would not move with the rename. */
function refuseLinkedParents(staging: string, name: string, path: string): void {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const parent = `${staging}/${path.slice(0, slash)}`;
    const stats = look(parent);
    if (stats?.isSymbolicLink()) throw wrongForm(name, parent, "directory", stats);
  }
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return undefined;
    throw ioError(error, "look at", path);
  }
}

function missing(name: string, path: string, staging: string): ManifestError {
  return new ManifestError({
    error: "output-missing",
    category: "failed",
    detail: `The step ended without its output "${name}": there is no ${path} in ${staging}.`,
    hint: `Let the step write ${path} in its working directory, or declare the output optional.`,
  });
}

function wrongForm(name: string, path: string, wanted: "file" | "directory", stats: Stats): ManifestError {
  return new ManifestError({
    error: "output-form",
    category: "failed",
    detail: `The output "${name}" is declared as a ${wanted}, but ${path} is ${fileType(stats)}.`,
    hint: `Let the step write a ${wanted} there, or correct the declaration.`,
  });
}

function badPath(name: string, path: string): ManifestError {
  return new ManifestError({
    error: "output-path",
    category: "input",
    detail: `The output "${name}" is declared at ${JSON.stringify(path)}, which does not stay in the step's directory.`,
    hint: "Use a relative path without empty parts, `.` and `..`.",
  });
}

function stagingGone(staging: string): ManifestError {
  return new ManifestError({
    error: "staging-missing",
    category: "failed",
    detail: `The staging directory ${staging} is not there any more.`,
    hint: "The step, or something beside it, removed its own working directory; it must only write inside.",
  });
}
