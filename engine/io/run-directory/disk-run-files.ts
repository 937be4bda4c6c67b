import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { dirname } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { RunFiles } from "../../run/ports/run-files.ts";
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
  publish,
};

function highestAttempt(phaseDirectory: string): number {
  const numbers = readdirSync(phaseDirectory).map((name) => Number(/^attempt-(\d+)/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

function readJson(path: string): Json {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Json;
  } catch (error) {
    const detail = `${path} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}.`;
    throw new OrchestrateError(
      { error: "list-unreadable", category: "failed", detail, hint: "Let the phase that writes it write JSON." },
      { cause: error },
    );
  }
}

function materialise(candidate: Candidate, staging: string, mode: "link" | "copy"): "linked" | "copied" | "gone" {
  try {
    const lay = new Layer(mode);
    for (const { path } of Object.values(candidate.outputs)) {
      const below = path.replace(/^artifacts\//, "");
      if (below.includes("/")) mkdirSync(dirname(`${staging}/${below}`), { recursive: true });
      lay.entry(`${candidate.directory}/${path}`, `${staging}/${below}`);
    }
    return lay.result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "gone";
    throw error;
  }
}

/** Why a hard link may not be had: another device, too many links, or a file system or owner that forbids it. */
const CANNOT_LINK = new Set(["EXDEV", "EMLINK", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Lays files and trees: a reflink where the file system can, else a hard link, else a copy. */
class Layer {
  readonly #mode: "link" | "copy";
  #reflinks: "unknown" | "no" = "unknown";
  result: "linked" | "copied" = "copied";

  constructor(mode: "link" | "copy") {
    this.#mode = mode;
  }

  entry(from: string, to: string): void {
    const stats = lstatSync(from);
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (!stats.isDirectory()) this.#file(from, to, stats.size);
    else {
      mkdirSync(to);
      for (const name of readdirSync(from)) this.entry(`${from}/${name}`, `${to}/${name}`);
    }
  }

  #file(from: string, to: string, size: number): void {
    if (this.#mode === "copy") {
      copyFileSync(from, to, constants.COPYFILE_FICLONE);
      return;
    }
    // For a small file a link is as cheap as a reflink, and asking for one costs a copy where there are none.
    if (size > 1 << 20 && this.#reflinked(from, to)) return;
    try {
      linkSync(from, to);
      this.result = "linked";
    } catch (error) {
      if (!CANNOT_LINK.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      copyFileSync(from, to, constants.COPYFILE_FICLONE);
    }
  }

  #reflinked(from: string, to: string): boolean {
    if (this.#reflinks === "no") return false;
    try {
      copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
      this.#reflinks = "no";
      return false;
    }
  }
}
