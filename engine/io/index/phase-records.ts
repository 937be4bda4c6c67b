import { join, relative, resolve } from "node:path";
import type { CommittedPhase, Digest } from "@orchestrate/manifests";
import type { Candidate } from "../../core/plan/candidate.ts";
import { checkAgain, looksTheSame, statsAfterLink } from "./check-phase.ts";
import type { KnownSource, PreviousQuery } from "./index-port.ts";
import { type Look, looksOf } from "./looks.ts";
import { type PhaseRow, rowOf } from "./phase-row.ts";
import { PhaseRows } from "./phase-rows.ts";
import type { Store } from "./store.ts";

/** The committed phases under a runs directory, never given out unchecked. */
export class PhaseRecords {
  readonly #rows: PhaseRows;
  readonly #runsDir: string;
  /** The rows that were given out as candidates or told just now, by directory. */
  readonly #given = new Map<string, PhaseRow>();

  constructor(store: Store, runsDir: string) {
    this.#rows = new PhaseRows(store);
    this.#runsDir = resolve(runsDir);
  }

  load(run: string): void {
    this.#rows.load(run);
  }

  find(fingerprint: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    const loaded = this.#rows.loaded(fingerprint);
    if (loaded !== undefined && this.#isSame(loaded)) return this.#give(loaded);
    return this.#first(this.#rows.withFingerprint(fingerprint));
  }

  previous(query: PreviousQuery): Candidate | undefined | Promise<Candidate | undefined> {
    return this.#first(this.#rows.previous(query));
  }

  holding(output: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    return this.#first(this.#rows.holding(output));
  }

  unchangedOf(run: string): readonly Candidate[] {
    return this.#rows
      .ofRun(run)
      .filter((row) => this.#isSame(row))
      .map((row) => this.#give(row));
  }

  async ofRun(run: string): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    for (const row of this.#rows.ofRun(run)) {
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
    this.#rows.add(row);
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
    this.#give(this.#rows.replace(row, { ...row.record, stats: Object.fromEntries(after) }));
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

  write(): void {
    this.#rows.write();
  }

  written(): void {
    this.#rows.written();
  }

  /** The first of these that is what it was: at once where the first one looks so. */
  #first(rows: readonly PhaseRow[]): Candidate | undefined | Promise<Candidate | undefined> {
    const [row] = rows;
    if (row === undefined) return undefined;
    return this.#isSame(row) ? this.#give(row) : this.#firstChecked(rows);
  }

  async #firstChecked(rows: readonly PhaseRow[]): Promise<Candidate | undefined> {
    for (const row of rows) {
      if (this.#isSame(row)) return this.#give(row);
      const record = await checkAgain(this.#directoryOf(row), row.record);
      if (record !== undefined) return this.#give(this.#rows.replace(row, record));
      this.#rows.drop(row);
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
}
