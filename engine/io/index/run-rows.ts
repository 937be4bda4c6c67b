import type { PhaseManifest } from "@orchestrate/manifests";
import type { RunRow } from "./index-port.ts";
import type { Store, StoreRow } from "./store.ts";

/** The runs, and how long their phases took. */
export class RunRows {
  readonly #store: Store;
  readonly #pending = new Map<string, RunRow>();
  readonly #pendingDurations = new Map<string, Map<string, { readonly step: string; readonly ms: number }>>();

  constructor(store: Store) {
    this.#store = store;
  }

  record(run: RunRow): void {
    this.#pending.set(run.run, run);
  }

  all(): readonly RunRow[] {
    const runs = this.#store
      .all("SELECT run, pipeline, state, created, complete, run_hash, pins FROM runs")
      .map(readRun);
    const byName = new Map([...runs.map((run) => [run.run, run] as const), ...this.#pending]);
    return [...byName.values()].sort((a, b) =>
      a.created === b.created ? compare(b.run, a.run) : compare(b.created, a.created),
    );
  }

  newestComplete(pipeline: string, state: string | null): string | undefined {
    return this.all().find((run) => run.complete && run.pipeline === pipeline && run.state === state)?.run;
  }

  recordDuration({ pipeline, phase, step }: Pick<PhaseManifest, "pipeline" | "phase" | "step">, ms: number): void {
    const durations = this.#pendingDurations.get(pipeline) ?? new Map();
    this.#pendingDurations.set(pipeline, durations.set(phase, { step: step.name, ms }));
  }

  durations(pipeline: string): ReadonlyMap<string, number> {
    const rows = this.#store.all("SELECT phase, ms FROM durations WHERE pipeline = ?", pipeline);
    const durations = new Map(rows.map(([phase, ms]) => [String(phase), Number(ms)]));
    for (const [phase, { ms }] of this.#pendingDurations.get(pipeline) ?? []) durations.set(phase, ms);
    return durations;
  }

  /** To be called in a transaction. */
  write(): void {
    for (const run of this.#pending.values()) writeRunRow(this.#store, run, null);
    for (const [pipeline, durations] of this.#pendingDurations) {
      for (const [phase, { step, ms }] of durations) {
        this.#store.run("INSERT OR REPLACE INTO durations VALUES (?, ?, ?, ?)", pipeline, phase, step, ms);
      }
    }
  }

  /** To be called once the transaction is through. */
  written(): void {
    this.#pending.clear();
    this.#pendingDurations.clear();
  }
}

/** @param journal what the run's journal looked like when all its phases were known. */
export function writeRunRow(store: Store, row: RunRow, journal: string | null): void {
  const { run, pipeline, state, created, runHash, pins } = row;
  const complete = row.complete ? 1 : 0;
  // A complete run does not change any more: its phases need never be looked for again.
  const sql = "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  store.run(sql, run, pipeline, state, created, complete, runHash, complete, journal, JSON.stringify(pins));
}

function readRun([run, pipeline, state, created, complete, runHash, pins]: StoreRow): RunRow {
  return {
    run: String(run),
    pipeline: String(pipeline),
    state: typeof state === "string" ? state : null,
    created: String(created),
    complete: complete === 1,
    runHash: typeof runHash === "string" ? runHash : null,
    pins: JSON.parse(String(pins)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
