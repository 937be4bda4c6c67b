import { createReporter } from "../io/terminal/create-reporter.ts";
import { MANY_INSTANCES } from "../io/terminal/narrator.ts";
import { driveRun, type RunToDrive } from "./drive-run.ts";
import { fanCounts } from "./fan-counts.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { RunCall } from "./run-pipeline.ts";
import { drivenResults } from "./run-results.ts";
import { summarizeRun } from "./summarize-run.ts";
import { verifyIfAsked } from "./verify-if-asked.ts";

/** What a run is driven with, as its command was called. */
export type DriveCall = Pick<RunCall, "invocation" | "options" | "project" | "bench">;

/** Drives a run whose lock is held, following it on the terminal, and says how it ended. */
export async function driveAndSummarize(
  { invocation, options, project, bench }: DriveCall,
  toDrive: RunToDrive,
  prepared: PreparedRun,
): Promise<number> {
  const { directory } = toDrive;
  const entries = [...prepared.plan.entries.values()];
  const fans = fanCounts(entries);
  const reporter = createReporter({
    terminal: invocation.terminal,
    colour: invocation.colour,
    format: invocation.format,
    total: prepared.plan.entries.size,
    names: entries.map(({ id, phase }) => ((fans.get(phase) ?? 0) >= MANY_INSTANCES ? phase : id)),
    fans,
    print: invocation.print,
  });
  const warnings: string[] = [];
  try {
    const { drive, manifest } = await driveRun(toDrive, prepared, bench, {
      onFailure: options.keepGoing === true ? "keep-going" : "stop",
      environment: invocation.environment,
      follow: (event) => reporter.event(event),
      complain: (text) => reporter.note(text),
      warn: (text) => {
        warnings.push(text);
        reporter.note(text);
      },
    });
    reporter.close();
    const verified = drive.outcome === "succeeded" ? await verifyIfAsked(project, directory) : {};
    return summarizeRun(invocation, {
      directory,
      results: drivenResults(prepared, drive),
      runHash: manifest?.run_hash ?? null,
      drive,
      warnings,
      ...verified,
    });
  } finally {
    reporter.close();
  }
}
