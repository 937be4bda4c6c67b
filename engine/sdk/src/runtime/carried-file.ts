import { existsSync, lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { StepError } from "../errors.ts";

/** A file of an output that is a file of an input, as it is. */
export interface CarriedFile {
  /** Relative to the staging directory, where there is nothing yet. */
  readonly path: string;
  /** Absolute. */
  readonly from: string;
}

/**
 * Checks what a step wants to carry over.
 *
 * @param inputs the artifacts that are wired to the step's inputs, absolute.
 * @throws StepError `carried-from-elsewhere`
 */
export function carriedFile(name: string, path: string, from: string, inputs: readonly string[]): CarriedFile {
  const absolute = resolve(from);
  const isInput = inputs.some((input) => absolute === input || absolute.startsWith(`${input}/`));
  if (isInput && isFile(absolute)) return { path, from: absolute };
  throw new StepError({
    error: "carried-from-elsewhere",
    detail: `Output "${name}" can't carry over ${from}, which is no file of an input.`,
    hint: "Name a file by the path that an input's handle gives, or copy it.",
  });
}

/** @throws StepError `output-written-twice` where something lies already where a file is to be laid, or two are. */
export function refuseWritten(name: string, carried: readonly CarriedFile[], staging: string): void {
  const paths = carried.map(({ path }) => path).sort();
  const twice = paths.find((path, at) => path === paths[at + 1] || existsSync(join(staging, path)));
  if (twice === undefined) return;
  throw new StepError({
    error: "output-written-twice",
    detail: `"${twice}" of output "${name}" is carried over from an input, and was written or carried over before.`,
    hint: "Either write a file or carry it over, once.",
  });
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
