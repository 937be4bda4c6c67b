import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isLocked } from "../run-directory/is-locked.ts";
import { insertPhaseRow, phaseColumns, readPhaseRow } from "./phase-row.ts";
import { writeRunRow } from "./run-rows.ts";
import { type RunScan, scanRun } from "./scan-run.ts";
import type { Store } from "./store.ts";

/**
 * Makes the index agree with the run directories that are there: reads the manifests of runs that it does not know or
 * that were not complete when it last looked, and forgets runs that are gone. A complete run that it knows costs
 * nothing.
 */
export function reconcile(store: Store, runsDir: string): void {
  const known = new Map(
    store
      .all("SELECT run, sealed, journal FROM runs")
      .map(([run, sealed, journal]) => [String(run), { sealed: sealed === 1, journal }]),
  );
  const present = namesIn(runsDir);
  const gone = [...known.keys()].filter((run) => !present.has(run));
  const scans: { readonly scan: RunScan; readonly settled: string | null }[] = [];
  for (const run of present) {
    const before = known.get(run);
    if (before?.sealed === true) continue;
    const journal = journalLooks(join(runsDir, run));
    if (before !== undefined && journal !== null && before.journal === journal) continue;
    const rows = store.all(`SELECT ${phaseColumns} FROM phases WHERE run = ?`, run).map(readPhaseRow);
    // Whether an engine drives it is asked first: what one that is gone has committed is all there then.
    const settled = isLocked(join(runsDir, run, "run.lock")) ? null : journal;
    const scan = scanRun(runsDir, run, rows);
    if (scan !== undefined) scans.push({ scan, settled });
  }
  if (gone.length === 0 && scans.length === 0) return;
  store.transaction(() => {
    for (const run of gone) forget(store, run);
    for (const { scan, settled } of scans) remember(store, scan, settled);
  });
}

function forget(store: Store, run: string): void {
  store.run("DELETE FROM runs WHERE run = ?", run);
  store.run("DELETE FROM phases WHERE run = ?", run);
  store.run("DELETE FROM held WHERE run = ?", run);
}

function remember(store: Store, { row, added, gone }: RunScan, journal: string | null): void {
  for (const id of gone) store.run("DELETE FROM phases WHERE id = ?", id);
  for (const phase of added) insertPhaseRow(store, phase);
  writeRunRow(store, row, journal);
}

/**
 * What tells that a run went on: an engine that resumes it says so in its journal first. While one drives it this does
 * not do, since it can be killed after a commit and before the line that tells of it.
 */
function journalLooks(runDir: string): string | null {
  const stats = statSync(join(runDir, "events.ndjson"), { throwIfNoEntry: false });
  return stats === undefined ? null : JSON.stringify([stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino]);
}

/** A run may have been moved to another disk, with a link in its place. */
function namesIn(runsDir: string): ReadonlySet<string> {
  const entries = readdirSync(runsDir, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || (entry.isSymbolicLink() && existsSync(join(runsDir, entry.name, "run.json"))),
  );
  return new Set(entries.map(({ name }) => name));
}
