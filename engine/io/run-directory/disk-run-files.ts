import { lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { LaidFile, RunFiles } from "../../run/ports/run-files.ts";
import { FileLayer } from "./file-layer.ts";
import { materialise } from "./materialise.ts";
import { publish } from "./publish.ts";

/** The files of a run directory on this machine's disk. */
export const diskRunFiles: RunFiles = {
  highestAttempt,
  makeStaging: (phaseDirectory, attempt) => {
    const staging = `${phaseDirectory}/attempt-${attempt}`;
    mkdirSync(staging);
    return staging;
  },
  readJson: async (path) => readJson(path),
  materialise: async (candidate, staging, mode) => materialise(candidate, staging, mode),
  lay,
  publish,
};

function highestAttempt(phaseDirectory: string): number {
  const numbers = readdirSync(phaseDirectory).map((name) => Number(/^attempt-(\d+)/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

function lay(files: readonly LaidFile[]): readonly ("linked" | "copied")[] {
  const layer = new FileLayer();
  return files.map((file) => {
    mkdirSync(dirname(file.to), { recursive: true });
    // What may be written shall not be written in two places.
    const stats = lstatSync(file.from);
    const isWritable = (stats.mode & 0o222) !== 0;
    return layer.lay(isWritable ? { ...file, mode: "copy" } : file, stats);
  });
}

function readJson(path: string): Json {
  try {
    return JSON.parse(readFileSync(path, "utf8"), refuseInfinite) as Json;
  } catch (error) {
    // The message holds a piece of the text, with its line feeds.
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
    const detail = `${path} can't be read as JSON: ${why}.`;
    throw new OrchestrateError(
      { error: "list-unreadable", category: "failed", detail, hint: "Let the phase that writes it write JSON." },
      { cause: error },
    );
  }
}

/** JSON may write a number of any size, and one that is too large is read as infinite. */
function refuseInfinite(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError("it holds a number that is too large");
  }
  return value;
}
