import type { CommittedPhase, Digest, OutputRecord } from "@orchestrate/manifests";
import type { PackedEntry } from "./index-port.ts";
import { packStat, packStats } from "./packed-stats.ts";
import type { Store, StoreRow } from "./store.ts";

/** A committed phase as the index remembers it. */
export interface PhaseRow {
  /** Undefined until it is written. */
  readonly id: number | undefined;
  readonly run: string;
  readonly phase: string;
  readonly key: string | null;
  /** The phase's directory, relative to the runs directory. */
  readonly path: string;
  /** When it was committed, ISO 8601. */
  readonly committed: string;
  /** Whether another phase with this fingerprint has other results. */
  readonly contested: boolean;
  readonly record: PhaseRecord;
}

/** What a row keeps as JSON. */
export interface PhaseRecord {
  readonly fingerprint: Digest;
  /** The manifest file's digest, and what the file looked like. */
  readonly manifest: Digest;
  readonly manifestStat: PackedEntry;
  readonly outputs: Readonly<Record<string, OutputRecord>>;
  /**
   * What each output looked like when its digest was known to be true; of an output that is missing here nothing is
   * known.
   */
  readonly stats: Readonly<Record<string, readonly PackedEntry[]>>;
}

export const phaseColumns = "id, run, phase, key, path, committed, contested, record";

export function readPhaseRow([id, run, phase, key, path, committed, contested, record]: StoreRow): PhaseRow {
  return {
    id: Number(id),
    run: String(run),
    phase: String(phase),
    key: typeof key === "string" ? key : null,
    path: String(path),
    committed: String(committed),
    contested: contested === 1,
    record: JSON.parse(String(record)),
  };
}

/** The row of a phase; `outputs` is empty where its manifest was only read, and nothing else is known. */
export function rowOf(
  path: string,
  { manifest, digest, manifestStat, outputs }: Omit<CommittedPhase, "extras">,
): PhaseRow {
  const stats = Object.fromEntries(Object.entries(outputs).map(([name, entries]) => [name, packStats(entries)]));
  return {
    id: undefined,
    run: manifest.run,
    phase: manifest.phase,
    key: manifest.key,
    path,
    committed: manifest.finished,
    contested: false,
    record: {
      fingerprint: manifest.fingerprint.digest,
      manifest: digest,
      manifestStat: packStat(manifestStat),
      outputs: manifest.outputs,
      stats,
    },
  };
}

/** Writes a new row, and notes on all with its fingerprint whether their results differ. */
export function insertPhaseRow(store: Store, row: PhaseRow): void {
  const { run, phase, key, path, committed, record } = row;
  const fp = shortDigest(record.fingerprint);
  const results = resultsOf(record);
  const differs = store.get("SELECT 1 FROM phases WHERE fp = ? AND results <> ? LIMIT 1", fp, results) !== undefined;
  if (differs) store.run("UPDATE phases SET contested = 1 WHERE fp = ?", fp);
  const columns = "run, phase, key, path, fp, results, contested, committed, record";
  const sql = `INSERT INTO phases (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  store.run(sql, run, phase, key, path, fp, results, differs ? 1 : 0, committed, JSON.stringify(record));
}

/** For sorting: the one that was committed first. */
export function olderFirst(a: PhaseRow, b: PhaseRow): number {
  return a.committed < b.committed ? -1 : a.committed > b.committed ? 1 : 0;
}

/** For sorting: the one that was committed last, of equal times the one that was told last. */
export function newerFirst(a: PhaseRow, b: PhaseRow): number {
  return olderFirst(b, a) || (b.id ?? 0) - (a.id ?? 0);
}

/** The first 48 bits of a digest: a whole number that JavaScript and SQLite both hold. */
export function shortDigest(digest: Digest): number {
  return Number.parseInt(digest.slice(7, 19), 16);
}

/** Equal for phases with equal output digests: their sum, which does not depend on the order of the names. */
function resultsOf({ outputs }: PhaseRecord): number {
  let sum = 0;
  for (const name in outputs) sum = (sum + shortDigest(outputs[name]!.digest)) % 2 ** 48;
  return sum;
}
