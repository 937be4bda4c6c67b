import { join, relative, resolve } from "node:path";
import type { CommittedPhase, Digest } from "@orchestrate/manifests";
import type { Candidate } from "../../core/plan/candidate.ts";
import { committedAfter, type Pins } from "../../core/plan/committed-after.ts";
import { checkAgain, looksTheSame, statsAfterLink } from "./check-phase.ts";
import type { KnownSource, PreviousQuery } from "./index-port.ts";
import { type Look, looksOf } from "./looks.ts";
import {
  insertPhaseRow,
  newerFirst,
  olderFirst,
  type PhaseRecord,
  type PhaseRow,
  phaseColumns,
  readPhaseRow,
  rowOf,
  shortDigest,
} from "./phase-row.ts";
import type { Store, StoreRow } from "./store.ts";

/** So many look-ups in vain cost as much as listing the fingerprints of some thousand phases. */
const MOST_MISSES = 64;

/** The committed phases under a runs directory, found by fingerprint and never given out unchecked. */
export class PhaseRecords {
  readonly #store: Store;
  readonly #runsDir: string;
  /** Rows of the runs that were loaded, by short fingerprint; parsed only when asked for. */
  readonly #loaded = new Map<number, StoreRow>();
  readonly #added = new Map<number, PhaseRow[]>();
  /** What was learned of rows since they were written; null where the row is to go. */
  readonly #changed = new Map<number, PhaseRecord | null>();
  readonly #unwritten = new Set<number>();
  /** All short fingerprints that are written, once so many were asked for in vain that listing them pays. */
  #written: ReadonlySet<number> | undefined;
  #misses = 0;
  /** The rows that were given out as candidates or told just now, by directory. */
  readonly #given = new Map<string, PhaseRow>();

  constructor(store: Store, runsDir: string) {
    this.#store = store;
    this.#runsDir = resolve(runsDir);
  }

  load(run: string): void {
    for (const [fp, ...row] of this.#store.all(`SELECT fp, ${phaseColumns} FROM phases WHERE run = ?`, run)) {
      this.#loaded.set(Number(fp), row);
    }
  }

  find(fingerprint: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    const fp = shortDigest(fingerprint);
    const added = this.#added.get(fp) ?? [];
    const loaded = this.#loaded.get(fp);
    if (loaded !== undefined && added.length === 0) {
      const row = this.#current(readPhaseRow(loaded));
      if (row !== undefined && !row.contested && row.record.fingerprint === fingerprint && this.#isSame(row))
        return this.#give(row);
    }
    if (added.length === 0 && !this.#mayBeWritten(fp)) return undefined;
    const written = this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE fp = ? ORDER BY committed, id`, fp);
    if (written.length === 0) this.#misses += 1;
    const rows = [...this.#readable(written), ...added].filter(({ record }) => record.fingerprint === fingerprint);
    return this.#first(rows.sort(olderFirst));
  }

  previous({ pipeline, state, phase }: PreviousQuery): Candidate | undefined | Promise<Candidate | undefined> {
    const sql = `SELECT ${phaseColumns} FROM phases WHERE phase = ? AND key IS NULL
      AND run IN (SELECT run FROM runs WHERE pipeline = ? AND state IS ?)`;
    const runs = this.#store.all("SELECT run, pins FROM runs WHERE pipeline = ? AND state IS ?", pipeline, state);
    const pins = new Map<string, Pins>(runs.map(([run, text]) => [String(run), JSON.parse(String(text))]));
    const rows = this.#readable(this.#store.all(sql, phase, pipeline, state)).map((row) => ({
      ...row,
      committed: committedAfter(phase, row.committed, pins.get(row.run) ?? {}),
    }));
    return this.#first(rows.sort(newerFirst));
  }

  holding(output: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    const written = this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE instr(record, ?) ORDER BY id`, output);
    const rows = [...this.#readable(written), ...[...this.#added.values()].flat()];
    return this.#first(
      rows.filter(({ record }) => Object.values(record.outputs).some(({ digest }) => digest === output)),
    );
  }

  unchangedOf(run: string): readonly Candidate[] {
    return this.#rowsOf(run)
      .filter((row) => this.#isSame(row))
      .map((row) => this.#give(row));
  }

  async ofRun(run: string): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    for (const row of this.#rowsOf(run)) {
      const candidate = this.#first([row]);
      const checked = candidate instanceof Promise ? await candidate : candidate;
      if (checked !== undefined) found.push(checked);
    }
    return found;
  }

  add(directory: string, phase: CommittedPhase): void {
    const below = directory.startsWith(`${this.#runsDir}/`);
    const path = below ? directory.slice(this.#runsDir.length + 1) : relative(this.#runsDir, directory);
    const row = rowOf(path, phase);
    const fp = shortDigest(row.record.fingerprint);
    const rows = this.#added.get(fp);
    if (rows === undefined) this.#added.set(fp, [row]);
    else rows.push(row);
    this.#given.set(this.#directoryOf(row), row);
  }

  linked(directory: string): void {
    const row = this.#given.get(directory);
    if (row === undefined) return;
    const { outputs, stats } = row.record;
    const after = Object.entries(stats).map(([name, entries]) => {
      const output = outputs[name];
      return [name, output === undefined ? entries : statsAfterLink(join(directory, output.path), entries)] as const;
    });
    this.#give(this.#replace(row, { ...row.record, stats: Object.fromEntries(after) }));
  }

  looks({ directory }: Candidate): readonly Look[] | undefined {
    const row = this.#given.get(directory);
    if (row === undefined) return undefined;
    const { manifestStat, outputs, stats } = row.record;
    const looks = [...looksOf(`${directory}/manifest.json`, [manifestStat])];
    for (const [name, { path }] of Object.entries(outputs)) {
      const entries = stats[name];
      if (entries === undefined) return undefined;
      for (const look of looksOf(`${directory}/${path}`, entries)) looks.push(look);
    }
    return looks;
  }

  /** An artifact of a phase that was given out, by its absolute path: what it looked like when its digest was true. */
  artifact(path: string): KnownSource | undefined {
    const directory = path.slice(0, Math.max(0, path.indexOf("/artifacts/")));
    const record = this.#given.get(directory)?.record;
    const [name, output] =
      Object.entries(record?.outputs ?? {}).find(([, output]) => `${directory}/${output.path}` === path) ?? [];
    const stats = name === undefined ? undefined : record?.stats[name];
    if (output === undefined || stats === undefined) return undefined;
    const { digest, form } = output;
    return { digest, form: form === "directory" ? form : "file", stats };
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

  /** What another engine writes after the listing is found by the next run. */
  #mayBeWritten(fp: number): boolean {
    if (this.#written === undefined && this.#misses >= MOST_MISSES) {
      this.#written = new Set(this.#store.all("SELECT fp FROM phases").map(([written]) => Number(written)));
    }
    return this.#written?.has(fp) ?? true;
  }

  #rowsOf(run: string): readonly PhaseRow[] {
    return this.#readable(this.#store.all(`SELECT ${phaseColumns} FROM phases WHERE run = ?`, run));
  }

  #first(rows: readonly PhaseRow[]): Candidate | undefined | Promise<Candidate | undefined> {
    const [row] = rows;
    if (row === undefined) return undefined;
    return this.#isSame(row) ? this.#give(row) : this.#firstChecked(rows);
  }

  async #firstChecked(rows: readonly PhaseRow[]): Promise<Candidate | undefined> {
    for (const row of rows) {
      if (this.#isSame(row)) return this.#give(row);
      const record = await checkAgain(this.#directoryOf(row), row.record);
      if (record !== undefined) return this.#give(this.#replace(row, record));
      this.#drop(row);
    }
    return undefined;
  }

  #isSame(row: PhaseRow): boolean {
    return looksTheSame(this.#directoryOf(row), row.record);
  }

  #directoryOf({ path }: PhaseRow): string {
    return `${this.#runsDir}/${path}`;
  }

  #give(row: PhaseRow): Candidate {
    const directory = this.#directoryOf(row);
    this.#given.set(directory, row);
    const { run, phase, key, committed, record } = row;
    const { fingerprint, manifest, outputs } = record;
    return { run, phase, key, committed, directory, fingerprint, manifest, outputs };
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

  #replace(row: PhaseRow, record: PhaseRecord): PhaseRow {
    const replaced = { ...row, record };
    if (row.id === undefined) this.#editAdded(row, [replaced]);
    else this.#change(row.id, record);
    return replaced;
  }

  #drop(row: PhaseRow): void {
    if (row.id === undefined) this.#editAdded(row, []);
    else this.#change(row.id, null);
  }

  #change(id: number, record: PhaseRecord | null): void {
    this.#changed.set(id, record);
    this.#unwritten.add(id);
  }

  #editAdded(row: PhaseRow, by: readonly PhaseRow[]): void {
    const fp = shortDigest(row.record.fingerprint);
    const rows = this.#added.get(fp) ?? [];
    this.#added.set(
      fp,
      rows.flatMap((other) => (other.path === row.path ? by : [other])),
    );
  }
}
