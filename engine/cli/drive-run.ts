import { join } from "node:path";
import type { JournalEvent, RunDocument, RunManifest } from "@orchestrate/manifests";
import { pinsOf } from "../core/plan/committed-after.ts";
import { criticalPath } from "../core/schedule/critical-path.ts";
import { killPoints } from "../io/run-directory/kill-points.ts";
import { NdjsonJournal } from "../io/run-directory/ndjson-journal.ts";
import { AttemptNumbers } from "../run/attempt-numbers.ts";
import type { RecoveredPhase } from "../run/committed-phases.ts";
import { type Drive, executeRun } from "../run/execute-run.ts";
import { finishRun } from "../run/finish-run.ts";
import type { RunScope } from "../run/run-scope.ts";
import type { Workbench } from "./containers/workbench-container.ts";
import { listenForInterruption } from "./interruption.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { startFollowers } from "./start-followers.ts";

/** A run directory whose lock is held, ready to be driven. */
export interface RunToDrive {
  readonly directory: string;
  readonly document: RunDocument;
  readonly documentDigest: string;
  /** The pipeline's directory, absolute. */
  readonly root: string;
  readonly begun: "new" | "resumed";
  readonly recovered: ReadonlyMap<string, RecoveredPhase>;
}

export interface DriveSettings {
  readonly onFailure: "stop" | "keep-going";
  readonly environment: Readonly<Record<string, string | undefined>>;
  follow(event: JournalEvent): void;
  complain(text: string): void;
  /** A follower did not take the run in, which changes nothing of the run itself. */
  warn(text: string): void;
}

/** How the run ended, and its manifest where it succeeded. */
export interface DriveResult {
  readonly drive: Drive;
  readonly manifest: RunManifest | undefined;
}

/** Drives a run to its end, and finishes it where all went well. */
export async function driveRun(
  run: RunToDrive,
  prepared: PreparedRun,
  bench: Workbench,
  settings: DriveSettings,
): Promise<DriveResult> {
  const { document, directory } = run;
  const beforePoint = killPoints(settings.environment);
  const journal = new NdjsonJournal({
    path: join(directory, "events.ndjson"),
    now: bench.clock.now,
    follow: settings.follow,
    beforePoint,
  });
  const { environment } = settings;
  const followers = await startFollowers(prepared.followers, { run: document.run, directory, environment });
  const scope = runScope(run, prepared, bench, { journal, beforePoint });
  const { pipeline, state, created } = document;
  const row = { run: document.run, pipeline, state, created, pins: pinsOf(document.previous) };
  const interruption = listenForInterruption({
    once: () =>
      settings.complain(
        "Stopping: running steps are told to end; what is committed stays. Ctrl-C again stops at once.",
      ),
    twice: () => {
      bench.pool.kill();
      process.exit(130);
    },
  });
  try {
    bench.index.recordRun({ ...row, complete: false, runHash: null });
    bench.index.flush();
    journal.append({
      type: "run-started",
      run: document.run,
      pipeline: document.pipeline,
      resumed: run.begun === "resumed",
      pid: process.pid,
    });
    const drive = await executeRun(scope, {
      plan: prepared.plan,
      priorities: criticalPath(prepared.graph, bench.index.durations(document.pipeline)),
      capacity: prepared.capacity,
      onFailure: settings.onFailure,
      recovered: run.recovered,
      interrupt: AbortSignal.any([interruption.signal, journal.failed]),
    });
    journal.failed.throwIfAborted();
    const manifest = drive.outcome === "succeeded" ? await finishRun(scope, drive.committed, run) : undefined;
    if (manifest !== undefined) {
      bench.index.recordRun({ ...row, complete: true, runHash: manifest.run_hash });
    }
    journal.append({ type: "run-finished", outcome: drive.outcome, run_hash: manifest?.run_hash ?? null });
    return { drive, manifest };
  } finally {
    interruption.end();
    journal.close();
    bench.index.flush();
    for (const words of await followers.end()) settings.warn(words);
  }
}

function runScope(
  { document, directory, begun }: RunToDrive,
  prepared: PreparedRun,
  bench: Workbench,
  { journal, beforePoint }: { readonly journal: NdjsonJournal; readonly beforePoint: (point: string) => void },
): RunScope {
  const { graph, modules, selected, forced, reuse, previous } = prepared;
  const { pool, inspector, files, index, surroundings, clock } = bench;
  return {
    run: document.run,
    directory,
    document,
    graph,
    modules,
    selected,
    forced,
    reuse,
    previous,
    platform: surroundings.platform,
    attempts: new AttemptNumbers(files, begun),
    ports: { executor: pool, inspector, journal, files, records: index, surroundings, clock, beforePoint },
  };
}
