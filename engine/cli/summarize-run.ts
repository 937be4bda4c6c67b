import { basename, join, relative } from "node:path";
import type { PhaseManifest, Verification } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { formatBytes } from "../io/terminal/format-bytes.ts";
import { itemText } from "../io/terminal/item-text.ts";
import type { Drive } from "../run/execute-run.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import type { Invocation } from "./invocation.ts";
import { logsCommand } from "./logs-command.ts";
import { notVerified } from "./not-verified.ts";
import { reportError } from "./report-error.ts";
import type { RunResult } from "./run-results.ts";
import { runWord } from "./run-word.ts";

/** How a run ended, or that there was nothing to do. */
export interface RunSummary {
  readonly directory: string;
  readonly results: readonly RunResult[];
  readonly runHash: string | null;
  /** Undefined where there was nothing to do. */
  readonly drive: Drive | undefined;
  /** What went wrong beside the run. Where the output is text, it has been told. */
  readonly warnings: readonly string[];
  readonly verification?: Verification;
}

/** Says where the run is and what came out, and gives the exit status. */
export function summarizeRun(invocation: Invocation, summary: RunSummary): number {
  const { directory, results, runHash, drive, warnings, verification } = summary;
  if (invocation.format === "json") {
    invocation.print(
      JSON.stringify({
        type: "result",
        run: basename(directory),
        directory,
        outcome: drive?.outcome ?? "nothing-to-do",
        run_hash: runHash,
        results: results.map(({ id, name, path, digest, size }) => ({
          phase: id,
          output: name,
          path: join(directory, path),
          digest,
          size,
        })),
        failures: drive?.failures.map(({ id, item, error }) => ({ id, item, error })) ?? [],
        verified: verification === undefined ? null : verification.ok,
        warnings,
      }),
    );
  } else for (const line of describe(invocation, summary)) invocation.print(line);
  if (verification !== undefined && !verification.ok)
    return reportError(
      invocation,
      notVerified(directory, verification, `See orchestrate verify ${runWord(invocation, directory)}.`),
    );
  return statusOf(invocation, summary);
}

/** How many results people are told. */
const SHOWN = 12;

function describe(
  invocation: Invocation,
  { directory, results, runHash, drive, verification }: RunSummary,
): readonly string[] {
  const place = relative(invocation.cwd, directory) || ".";
  const lines = [""];
  if (drive === undefined) lines.push(`Nothing to do: every result is in ${place} already.`);
  else {
    const word = { succeeded: "succeeded", failed: "failed", interrupted: "was interrupted" }[drive.outcome];
    lines.push(`Run ${basename(directory)} ${word}${countsOf(drive)}.`, `  directory  ${place}`);
    if (runHash !== null) lines.push(`  run_hash   ${runHash}`);
    lines.push(...failuresOf(invocation, directory, drive));
    if (drive.outcome !== "succeeded") lines.push(`  go on      ${howToGoOn(drive, runWord(invocation, directory))}`);
  }
  if (results.length > 0 && (drive === undefined || drive.outcome === "succeeded")) {
    lines.push("  results");
    const width = Math.max(...results.slice(0, SHOWN).map(({ id, name }) => id.length + name.length + 1));
    for (const { id, name, path, size } of results.slice(0, SHOWN)) {
      const shown = relative(invocation.cwd, join(directory, path));
      lines.push(`    ${`${id}.${name}`.padEnd(width)}  ${shown}  ${formatBytes(size)}`);
    }
    if (results.length > SHOWN) lines.push(`    … and more; see orchestrate show ${runWord(invocation, directory)}`);
  }
  if (verification?.ok === true) lines.push("  verified   every digest");
  return lines;
}

/** Where what was committed no longer fits, the run can't be resumed: a new one takes up what does. */
function howToGoOn({ failures }: Drive, word: string): string {
  const isDrifted = failures.some(({ error }) => error.error === "run-drifted");
  return isDrifted ? "orchestrate run" : `orchestrate resume ${word}`;
}

function countsOf({ committed, failures }: Drive): string {
  const manifests: readonly PhaseManifest[] = [...committed.values()].map(({ manifest }) => manifest);
  const reused = manifests.filter((manifest) => manifest.reused !== null).length;
  const failed = failures.length === 0 ? "" : `, ${failures.length} failed`;
  return `: ${manifests.length - reused} computed, ${reused} reused${failed}`;
}

/** The first of what failed, where it is more than the one that is told at the end, and where to read on. */
function failuresOf(invocation: Invocation, directory: string, { failures }: Drive): readonly string[] {
  const [first] = failures;
  if (first === undefined) return [];
  const told = failures.slice(0, TOLD_FAILURES).map(({ id, key, item }) => {
    const of = itemText(key, item);
    return of === "" ? id : `${id} for ${of}`;
  });
  const more = failures.length > TOLD_FAILURES ? ` and ${failures.length - TOLD_FAILURES} more` : "";
  const log = logsCommand(invocation, directory, first);
  return [
    ...(failures.length === 1 ? [] : [`  failed     ${told.join(", ")}${more}`]),
    ...(log === undefined ? [] : [`  log        ${log}`]),
  ];
}

const TOLD_FAILURES = 5;

function statusOf(invocation: Invocation, { drive, directory }: RunSummary): number {
  if (drive === undefined || drive.outcome === "succeeded") return EXIT_STATUS.ok;
  const [first] = drive.failures;
  if (first === undefined) return reportError(invocation, interrupted(directory, runWord(invocation, directory)));
  return reportError(
    invocation,
    new OrchestrateError({ ...first.error, detail: `${first.id}: ${first.error.detail}` }),
  );
}

function interrupted(directory: string, word: string): OrchestrateError {
  return new OrchestrateError({
    error: "interrupted",
    category: "interrupted",
    detail: `The run ${basename(directory)} was interrupted; what it committed stays.`,
    hint: `Go on with orchestrate resume ${word}.`,
  });
}
