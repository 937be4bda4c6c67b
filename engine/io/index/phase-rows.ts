import type { Digest } from "@orchestrate/manifests";
import { committedAfter, type Pins } from "../../core/plan/committed-after.ts";
import type { PreviousQuery } from "./index-port.ts";
import {
  insertPhaseRow,
  newerFirst,
  olderFirst,
  type PhaseRecord,
  type PhaseRow,
  phaseColumns,
  readPhaseRow,
  shortDigest,
} from "./phase-row.ts";
import type { Store, StoreRow } from "./store.ts";

/** So many look-ups in vain cost as much as listing the fingerprints of some thousand phases. */
const MOST_MISSES = 64;

/** The rows of committed phases, with what is not written yet: rows that were added, and what was learned of others. */
export class PhaseRows {
  readonly #store: Store;
  /** Rows of the runs that were loaded, by short fingerprint; parsed only when asked for. */
  readonly #loaded = new Map<number, StoreRow>();
  readonly #added = new Map<number, PhaseRow[]>();
  /** What was learned of rows since they were written; null where the row is to go. */
  readonly #changed = new Map<number, PhaseRecord | null>();
  readonly #unwritten = new Set<number>();
  /** All short fingerprints that are written, once so many were asked for in vain that listing them pays. */
  #written: ReadonlySet<number> | undefined;
  #misses = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  load(run: string): void {
    for (const [fp, ...row] of this.#store.all(`SELECT fp, ${phaseColumns} FROM phases WHERE run = ?`, run)) {
      this.#loaded.set(Number(fp), row);
    }
  }

  /** The row of a run that was loaded, where no other with this fingerprint could be meant. */
  loaded(fingerprint: Digest): PhaseRow | undefined {
    const fp = shortDigest(fingerprint);
    const loaded = this.#loaded.get(fp);
    if (loaded === undefined || this.#addedWith(fp).length > 0) return undefined;
    const row = this.#current(readPhaseRow(loaded));
    return row !== undefined && !row.contested && row.record.fingerprint === fingerprint ? row : undefined;
  }

  /** Those with this fingerprint, the one first that was committed first. */
  withFingerprint(fingerprint: Digest): readonly PhaseRow[] {
    const fp = shortDigest(fingerprint);
    const added = this.#addedWith(fp);
    if (added.length === 0 && !this.#mayBeWritten(fp)) return [];
    const written = this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE fp = ? ORDER BY committed, id`, fp);
    if (written.length === 0) this.#misses += 1;
    const rows = [...this.#readable(written), ...added].filter(({ record }) => record.fingerprint === fingerprint);
    return rows.sort(olderFirst);
  }

  /** Those of a phase of a pipeline, in any run, the last one first, as `committedAfter` tells. */
  previous({ pipeline, state, phase }: PreviousQuery): readonly PhaseRow[] {
    const sql = `SELECT ${phaseColumns} FROM phases WHERE phase = ? AND key IS NULL
      AND run IN (SELECT run FROM runs WHERE pipeline = ? AND state IS ?)`;
    const runs = this.#store.all("SELECT run, pins FROM runs WHERE pipeline = ? AND state IS ?", pipeline, state);
    const pins = new Map<string, Pins>(runs.map(([run, text]) => [String(run), JSON.parse(String(text))]));
    const rows = this.#readable(this.#store.all(sql, phase, pipeline, state)).map((row) => ({
      ...row,
      committed: committedAfter(phase, row.committed, pins.get(row.run) ?? {}),
    }));
    return rows.sort(newerFirst);
  }

  /** Those that have an output with this digest. */
  holding(output: Digest): readonly PhaseRow[] {
    const written = this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE instr(record, ?) ORDER BY id`, output);
    const rows = [...this.#readable(written), ...[...this.#added.values()].flat()];
    return rows.filter(({ record }) => Object.values(record.outputs).some(({ digest }) => digest === output));
  }

  ofRun(run: string): readonly PhaseRow[] {
    return this.#readable(this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE run = ?`, run));
  }

  add(row: PhaseRow): void {
    const fp = shortDigest(row.record.fingerprint);
    const rows = this.#added.get(fp);
    if (rows === undefined) this.#added.set(fp, [row]);
    else rows.push(row);
  }

  /** Takes note of what a row's phase is now. */
  replace(row: PhaseRow, record: PhaseRecord): PhaseRow {
    const replaced = { ...row, record };
    if (row.id === undefined) this.#editAdded(row, [replaced]);
    else this.#change(row.id, record);
    return replaced;
  }

  /** For a phase that is no longer what its row says. */
  drop(row: PhaseRow): void {
    if (row.id === undefined) this.#editAdded(row, []);
    else this.#change(row.id, null);
  }

  /** To be called in a transaction. */
  write(): void {
    for (const rows of this.#added.values()) for (const row of rows) insertPhaseRow(this.#store, row);
    for (const id of this.#unwritten) {
      const record = this.#changed.get(id) ?? null;
      if (record === null) this.#store.run("DELETE FROM phases WHERE id = ?", id);
      else this.#store.run("UPDATE phases SET record = ? WHERE id = ?", JSON.stringify(record), id);
    }
  }

  /** To be called once the transaction is through. */
  written(): void {
    this.#added.clear();
    this.#unwritten.clear();
  }

  #addedWith(fp: number): readonly PhaseRow[] {
    return this.#added.get(fp) ?? [];
  }

  /** What another engine writes after the listing is found by the next run. */
  #mayBeWritten(fp: number): boolean {
    if (this.#written === undefined && this.#misses >= MOST_MISSES) {
      this.#written = new Set(this.#store.all("SELECT fp FROM phases").map(([written]) => Number(written)));
    }
    return this.#written?.has(fp) ?? true;
  }

  #readable(rows: readonly StoreRow[]): PhaseRow[] {
    return rows.map(readPhaseRow).flatMap((row) => this.#current(row) ?? []);
  }

  /** A written row with what was learned of it since; undefined where it is to go. */
  #current(row: PhaseRow): PhaseRow | undefined {
    const record = row.id === undefined ? undefined : this.#changed.get(row.id);
    if (record === null) return undefined;
    return record === undefined ? row : { ...row, record };
  }

  #change(id: number, record: PhaseRecord | null): void {
    this.#changed.set(id, record);
    this.#unwritten.add(id);
  }

  #editAdded(row: PhaseRow, by: readonly PhaseRow[]): void {
    const fp = shortDigest(row.record.fingerprint);
    this.#added.set(
      fp,
      this.#addedWith(fp).flatMap((other) => (other.path === row.path ? by : [other])),
    );
  }
}
