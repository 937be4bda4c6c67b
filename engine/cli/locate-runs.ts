import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { nearest } from "../core/suggest.ts";
import { type FoundDocument, findDocument } from "../io/config/find-document.ts";
import { RUN_ID } from "../io/run-directory/run-id.ts";
import type { Invocation } from "./invocation.ts";
import { runsBeside } from "./runs-beside.ts";

/** The options by which a command finds the runs. */
export interface RunsOptions {
  readonly runsDir?: string;
  readonly file?: string;
}

/** The pipeline file: as given, else the nearest one. @throws OrchestrateError as `findDocument` says. */
export function findPipeline({ cwd }: Invocation, { file }: RunsOptions): Promise<FoundDocument> {
  return findDocument(file === undefined ? { cwd } : { cwd, file });
}

/** The same; undefined where there is none and none was named. */
export async function pipelineIfThere(
  invocation: Invocation,
  options: RunsOptions,
): Promise<FoundDocument | undefined> {
  try {
    return await findPipeline(invocation, options);
  } catch (error) {
    const isAbsent = error instanceof OrchestrateError && error.code === "pipeline-not-found";
    if (isAbsent && options.file === undefined) return undefined;
    throw error;
  }
}

/** The runs directory: as given, else `runs` beside the pipeline, else `runs` here. */
export async function locateRuns(invocation: Invocation, options: RunsOptions): Promise<string> {
  const { cwd } = invocation;
  if (options.runsDir !== undefined) return resolve(cwd, options.runsDir);
  const found = await pipelineIfThere(invocation, options);
  return found === undefined ? join(cwd, "runs") : runsBeside(invocation, options, found.file);
}

/**
 * The names of all runs in a runs directory, the newest first. A directory whose run.json was never put in place is
 * none.
 */
export function runNames(runsDirectory: string): readonly string[] {
  if (!existsSync(runsDirectory)) return [];
  const names = readdirSync(runsDirectory).filter(
    (name) => RUN_ID.test(name) && existsSync(join(runsDirectory, name, "run.json")),
  );
  return names.sort().reverse();
}

/**
 * The directory of a run: by its name (or the end of it), by its path, or the newest one.
 *
 * @throws OrchestrateError (input) `run-not-found`; `run-ambiguous` where several names end so.
 */
export function locateRun({ cwd }: Invocation, runsDirectory: string, wanted: string | undefined): string {
  const names = runNames(runsDirectory);
  if (wanted === undefined) {
    const newest = names[0];
    if (newest !== undefined) return join(runsDirectory, newest);
    throw notFound(
      `There are no runs in ${runsDirectory}.`,
      "Start one with orchestrate run, or name the place with --runs-dir.",
    );
  }
  if (names.includes(wanted)) return join(runsDirectory, wanted);
  const [named, ...others] = names.filter((name) => name.endsWith(`-${wanted}`));
  if (others.length > 0) throw ambiguous(wanted, [named!, ...others]);
  if (named !== undefined) return join(runsDirectory, named);
  const path = resolve(cwd, wanted);
  if (existsSync(join(path, "run.json")) && statSync(path).isDirectory()) return path;
  throw notFound(
    `There is no run "${wanted}" in ${runsDirectory}, nor a run directory at ${path}.`,
    runHint(wanted, names),
  );
}

/** All names begin alike, and another run is never meant: only their ends tell which one may be. */
function runHint(wanted: string, names: readonly string[]): string {
  const end = nearest(endOf(wanted), names.map(endOf));
  const near = names.find((name) => endOf(name) === end);
  return near === undefined
    ? "`orchestrate runs` lists those that there are; --runs-dir names another place."
    : `Did you mean "${near}"?`;
}

function endOf(name: string): string {
  return name.slice(name.lastIndexOf("-") + 1);
}

function notFound(detail: string, hint: string): OrchestrateError {
  return new OrchestrateError({ error: "run-not-found", category: "input", detail, hint });
}

function ambiguous(wanted: string, names: readonly string[]): OrchestrateError {
  return new OrchestrateError({
    error: "run-ambiguous",
    category: "input",
    detail: `The names of ${names.length} runs end with "${wanted}": ${names.join(", ")}.`,
    hint: `Write the whole name, as ${names[0]}.`,
  });
}
