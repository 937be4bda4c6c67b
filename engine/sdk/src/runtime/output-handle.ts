import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { z } from "zod";
import type { ArtifactForm, ArtifactMode, SchemaCheck } from "../artifact.ts";
import { StepError } from "../errors.ts";
import type { DirectoryOutput, FileOutput, JsonOutput, NdjsonOutput } from "../handles.ts";
import { type CarriedFile, carriedFile, refuseWritten } from "./carried-file.ts";
import { jsonText } from "./json-text.ts";
import { ndjsonOutput } from "./ndjson-output.ts";
import { pathBelow } from "./path-below.ts";

/**
 * What a handle needs of the declaration; an `Artifact` will do. A step with `open: true` has `file` or `directory`.
 */
export interface OutputDeclaration {
  readonly form: ArtifactForm;
  /** Relative to the staging directory; the output's name where it is left out. */
  readonly path?: string | undefined;
  readonly schema?: z.ZodType | undefined;
  /** `always` where it is left out. */
  readonly checked?: SchemaCheck | undefined;
  readonly mode: ArtifactMode;
}

/** A handle of any form, with the form beside it. */
export type BoundOutput =
  | (FileOutput & { readonly form: "file" })
  | (JsonOutput<unknown> & { readonly form: "json" })
  | (NdjsonOutput<unknown> & { readonly form: "ndjson" })
  | (DirectoryOutput & { readonly form: "directory" });

/** The handle, and `finish`, which whoever runs the step calls once `run` has returned, however it did. */
export interface OutputWriter {
  readonly handle: BoundOutput;
  /** What is to be laid into the staging directory after `finish`. */
  readonly carried: readonly CarriedFile[];
  finish(): void;
}

/** Where a step writes, and what it may carry over from. */
export interface OutputPlace {
  /** The staging directory, absolute. */
  readonly staging: string;
  /** The artifacts that are wired to the step's inputs, absolute. */
  readonly inputs: readonly string[];
}

/**
 * The handle a step writes an output by; the handle's `path` is relative to the staging directory. Parents are made
 * at once, so that a step may as well write to `path` by itself.
 *
 * The methods throw StepError `output-invalid` where a value does not match the declared schema or is no plain JSON,
 * `output-written-twice` where a JSON document is written again, `output-escapes` where a path leaves a directory, and
 * `carried-from-elsewhere` where what is carried over is no file of an input. `finish` throws `output-written-twice`
 * where a file was written that is carried over as well.
 */
export function outputHandle(name: string, declaration: OutputDeclaration, place: OutputPlace): OutputWriter {
  const carried: CarriedFile[] = [];
  const carry = (path: string, from: string) => carried.push(carriedFile(name, path, from, place.inputs));
  const { handle, finish } = boundOutput(name, declaration, place.staging, carry);
  return {
    handle,
    carried,
    finish() {
      finish();
      refuseWritten(name, carried, place.staging);
    },
  };
}

function boundOutput(
  name: string,
  declaration: OutputDeclaration,
  staging: string,
  carry: (path: string, from: string) => void,
): Pick<OutputWriter, "handle" | "finish"> {
  const { form } = declaration;
  const schema = declaration.checked === "when-read" ? undefined : declaration.schema;
  const path = declaration.path ?? name;
  const absolute = join(staging, path);
  if (path.includes("/")) mkdirSync(dirname(absolute), { recursive: true });
  switch (form) {
    case "file":
      return {
        handle: { form, path, write: (data) => writeBytes(absolute, data), carry: (from) => carry(path, from) },
        finish: nothing,
      };
    case "json":
      return { handle: { form, path, write: writeOnce(name, schema, absolute) }, finish: nothing };
    case "ndjson": {
      const { append, finish } = ndjsonOutput(name, schema, absolute, declaration.mode);
      return { handle: { form, path, append }, finish };
    }
    case "directory":
      mkdirSync(absolute, { recursive: true });
      return {
        handle: {
          form,
          path,
          file: (relative) => fileBelow(name, path, staging, relative),
          carry: (relative, from) => carry(fileBelow(name, path, staging, relative), from),
        },
        finish: declaration.mode === "optional" ? () => removeIfEmpty(absolute) : nothing,
      };
    default:
      return form satisfies never;
  }
}

/** Below this many bytes a synchronous write is cheaper than a trip through the thread pool. */
const SMALL = 1 << 20;

function nothing(): void {}

async function writeBytes(path: string, data: string | Uint8Array): Promise<void> {
  if (data.length <= SMALL) writeFileSync(path, data);
  else await writeFile(path, data);
}

function writeOnce(name: string, schema: z.ZodType | undefined, path: string): (value: unknown) => Promise<void> {
  let written = false;
  return async (value) => {
    if (written) {
      throw new StepError({
        error: "output-written-twice",
        detail: `Output "${name}" was written before.`,
        hint: "Write a JSON document once, when it is whole; use ndjson for rows that come one by one.",
      });
    }
    const text = jsonText(`Output "${name}"`, schema, value);
    written = true;
    await writeBytes(path, `${text}\n`);
  };
}

function fileBelow(name: string, path: string, staging: string, relative: string): string {
  const below = pathBelow(path, relative);
  if (below === undefined) {
    throw new StepError({
      error: "output-escapes",
      detail: `"${relative}" is not a path inside the directory of output "${name}".`,
      hint: 'Name a file by a relative path without "..".',
    });
  }
  mkdirSync(dirname(join(staging, below)), { recursive: true });
  return below;
}

/** An optional directory that nothing was put into counts as not written. */
function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT") throw error;
  }
}
