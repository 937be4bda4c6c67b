import { join } from "node:path";
import { type CommittedPhase, type Digest, errnoOf, ioWords } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { KnownCode } from "../code/digest-code.ts";
import { makeLastingDirectory } from "../make-lasting-directory.ts";
import { type HeldRequest, HeldRequests } from "./held-requests.ts";
import { INDEX_FILE } from "./index-file.ts";
import type { Index, KnownConfig, KnownSource, PreviousQuery, RunRow } from "./index-port.ts";
import { KeptValues } from "./kept-values.ts";
import { KnownConfigs } from "./known-configs.ts";
import type { Look } from "./looks.ts";
import { PhaseRecords } from "./phase-records.ts";
import { reconcile } from "./reconcile.ts";
import { RunRows } from "./run-rows.ts";
import { BUSY_MS, Store } from "./store.ts";

/**
 * Opens the index of a runs directory, `.index.sqlite` in it, and makes it agree with the runs that are there. The
 * directory is made where it is missing.
 *
 * @param options.busyMs how long to wait for another process that writes the index (default 2000).
 * @throws OrchestrateError `runs-directory-unusable` (io) where the directory can neither be made nor read; `disk-full` or
 * `too-many-open-files` (io).
 */
export function openIndex(runsDir: string, options: { readonly busyMs?: number } = {}): Index {
  try {
    makeLastingDirectory(runsDir);
    const store = new Store(join(runsDir, INDEX_FILE), options.busyMs ?? BUSY_MS);
    reconcile(store, runsDir);
    return new SqliteIndex(store, runsDir);
  } catch (error) {
    throw unusable(runsDir, error);
  }
}

/** What the system is short of is nothing that the directory could help. */
const SHORTAGES: ReadonlySet<string> = new Set(["disk-full", "too-many-open-files"]);

function unusable(runsDir: string, cause: unknown): OrchestrateError {
  const detail = `The runs directory ${runsDir} can't be used: ${cause instanceof Error ? cause.message : String(cause)}.`;
  const { code, hint } = ioWords(errnoOf(cause));
  const words = SHORTAGES.has(code) ? { error: code, hint } : { error: "runs-directory-unusable", hint: ANOTHER };
  return new OrchestrateError({ ...words, category: "io", detail }, { cause });
}

const ANOTHER = "Make it a directory that this user may read and write, or name another one with --runs-dir.";

class SqliteIndex implements Index {
  readonly #store: Store;
  readonly #runsDir: string;
  readonly #contracts: KeptValues;
  readonly #codes: KeptValues;
  readonly #sources: KeptValues;
  readonly #configs: KnownConfigs;
  readonly #phases: PhaseRecords;
  readonly #runs: RunRows;
  readonly #held: HeldRequests;

  constructor(store: Store, runsDir: string) {
    this.#store = store;
    this.#runsDir = runsDir;
    this.#contracts = new KeptValues(store, "contract");
    this.#codes = new KeptValues(store, "code");
    this.#sources = new KeptValues(store, "source");
    this.#configs = new KnownConfigs(store);
    this.#phases = new PhaseRecords(store, runsDir);
    this.#runs = new RunRows(store);
    this.#held = new HeldRequests(store);
  }

  contract(code: Digest): unknown {
    return this.#contracts.get(code);
  }

  putContract(code: Digest, contract: unknown): void {
    this.#contracts.put(code, contract);
  }

  config(code: Digest, raw: string): KnownConfig | undefined {
    return this.#configs.get(code, raw);
  }

  putConfig(code: Digest, raw: string, config: KnownConfig): void {
    this.#configs.put(code, raw, config);
  }

  code(key: string): KnownCode | undefined {
    return this.#codes.get(key) as KnownCode | undefined;
  }

  putCode(key: string, known: KnownCode): void {
    this.#codes.put(key, known);
  }

  source(path: string): KnownSource | undefined {
    return (this.#sources.get(path) as KnownSource | undefined) ?? this.#phases.artifact(path);
  }

  putSource(path: string, source: KnownSource): void {
    this.#sources.put(path, source);
  }

  loadRun(run: string): void {
    this.#phases.load(run);
  }

  find(fingerprint: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    return this.#phases.find(fingerprint);
  }

  holding(output: Digest): Candidate | undefined | Promise<Candidate | undefined> {
    return this.#phases.holding(output);
  }

  phasesOf(run: string): Promise<readonly Candidate[]> {
    return this.#phases.ofRun(run);
  }

  unchangedOf(run: string): readonly Candidate[] {
    return this.#phases.unchangedOf(run);
  }

  previous(query: PreviousQuery): Candidate | undefined | Promise<Candidate | undefined> {
    return this.#phases.previous(query);
  }

  committed(directory: string, phase: CommittedPhase, durationMs: number): void {
    this.#phases.add(directory, phase);
    const { manifest } = phase;
    if (manifest.reused !== null) return;
    this.#runs.recordDuration(
      { pipeline: manifest.pipeline, phase: manifest.phase, step: manifest.step.name },
      durationMs,
    );
  }

  linked(directory: string): void {
    this.#phases.linked(directory);
  }

  looks(candidate: Candidate): readonly Look[] | undefined {
    return this.#phases.looks(candidate);
  }

  putHeld(request: string, held: HeldRequest): void {
    this.#held.put(request, held);
  }

  recordRun(run: RunRow): void {
    this.#runs.record(run);
  }

  runs(): readonly RunRow[] {
    return this.#runs.all();
  }

  newestComplete(pipeline: string, state: string | null): string | undefined {
    return this.#runs.newestComplete(pipeline, state);
  }

  durations(pipeline: string): ReadonlyMap<string, number> {
    return this.#runs.durations(pipeline);
  }

  refresh(): void {
    reconcile(this.#store, this.#runsDir);
  }

  flush(): void {
    const parts = [this.#contracts, this.#codes, this.#sources, this.#configs, this.#phases, this.#runs, this.#held];
    const written = this.#store.transaction(() => {
      for (const part of parts) part.write();
    });
    if (written) for (const part of parts) part.written();
  }

  close(): void {
    this.flush();
    this.#store.close();
  }
}
