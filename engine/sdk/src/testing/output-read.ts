import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { ArtifactForm } from "../artifact.ts";
import { StepError } from "../errors.ts";
import { jsonText } from "../runtime/json-text.ts";
import type { OutputDeclaration } from "../runtime/output-handle.ts";
import { artifactDigest } from "./artifact-digest.ts";
import { checkTree } from "./check-tree.ts";
import { entriesBelow } from "./entries-below.ts";

/** An output as it lies on disk after a run. */
export interface OutputRead {
  readonly form: ArtifactForm;
  /** Absolute. */
  readonly path: string;
  readonly digest: string;
  text(): string;
  bytes(): Uint8Array;
  json(): unknown;
  /** The rows of an NDJSON file. */
  rows(): unknown[];
  /** The relative paths of the files in a directory, sorted. */
  files(): string[];
}

/**
 * Reads an output back, or undefined where an optional one was not written.
 *
 * @throws StepError `output-missing`, `output-form`, `output-invalid`, `link-leaves-tree`, `unsupported-file-type` or
 * `name-not-utf8`.
 */
export function readOutput(name: string, declaration: OutputDeclaration, staging: string): OutputRead | undefined {
  const path = join(staging, declaration.path ?? name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (declaration.mode === "optional") return undefined;
    throw failure(
      "output-missing",
      `Output "${name}" was not written: there is nothing at "${declaration.path ?? name}".`,
    );
  }
  const form = formOf(stat);
  if (form !== (declaration.form === "directory" ? "directory" : "file"))
    throw failure("output-form", `Output "${name}" is declared as ${declaration.form}, and is a ${form}.`);
  if (form === "directory") checkTree(name, path);
  const output = reader(declaration.form, path);
  checkShape(name, declaration, output);
  return output;
}

function formOf(stat: Stats): string {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "directory";
  return stat.isSymbolicLink() ? "symbolic link" : "pipe, a socket or a device";
}

function reader(form: ArtifactForm, path: string): OutputRead {
  const text = () => readFileSync(path, "utf8");
  return {
    form,
    path,
    digest: artifactDigest(path),
    text,
    bytes: () => readFileSync(path),
    json: () => JSON.parse(text()),
    rows: () =>
      text()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    files: () =>
      entriesBelow(path)
        .filter(({ entry }) => !entry.isDirectory())
        .map((file) => file.path),
  };
}

/** A step may have written by itself, past the handle. */
function checkShape(name: string, { form, schema }: OutputDeclaration, output: OutputRead): void {
  if (form === "json") jsonText(`Output "${name}"`, schema, parsed(name, output.json));
  else if (form === "ndjson") {
    for (const [index, row] of parsed(name, output.rows).entries()) {
      jsonText(`Row ${index + 1} of output "${name}"`, schema, row);
    }
  }
}

function parsed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw failure("output-invalid", `Output "${name}" is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

function failure(error: string, detail: string): StepError {
  return new StepError({
    error,
    detail,
    hint: "Write every required output, in its declared form, before `run` returns.",
  });
}
