import { join } from "node:path";
import { errnoOf, ioWords } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { KnownCode } from "../code/digest-code.ts";
import { makeLastingDirectory } from "../make-lasting-directory.ts";
import { HeldRequests } from "./held-requests.ts";
import { INDEX_FILE } from "./index-file.ts";
import type { Index, KnownSource } from "./index-port.ts";
import { KeptValues } from "./kept-values.ts";
import { KnownConfigs } from "./known-configs.ts";
import { PhaseRecords } from "./phase-records.ts";
import { reconcile } from "./reconcile.ts";
import { RunRows } from "./run-rows.ts";
import { BUSY_MS, Store } from "./store.ts";

/**
 * Opens the index of a runs directory, `.index.sqlite` in it, and makes it agree with the runs that are there. The
 * directory is made where it is missing.
 *
 * @param options.busyMs how long to wait for another process that writes the index (default 2000).
 * @throws OrchestrateError `runs-directory-unusable` (io) where the directory can neither be made nor read; `disk-full`
 * or `too-many-open-files` (io).
 */
export function openIndex(runsDir: string, options: { readonly busyMs?: number } = {}): Index {
  try {
    makeLastingDirectory(runsDir);
    const store = new Store(join(runsDir, INDEX_FILE), options.busyMs ?? BUSY_MS);
    reconcile(store, runsDir);
    return sqliteIndex(store, runsDir);
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

/** The parts of an index as one: what each has pending is written in one transaction. */
function sqliteIndex(store: Store, runsDir: string): Index {
  const contracts = new KeptValues(store, "contract");
  const codes = new KeptValues(store, "code");
  const sources = new KeptValues(store, "source");
  const configs = new KnownConfigs(store);
  const phases = new PhaseRecords(store, runsDir);
  const runs = new RunRows(store);
  const held = new HeldRequests(store);
  const parts = [contracts, codes, sources, configs, phases, runs, held];
  const flush = () => {
    const written = store.transaction(() => {
      for (const part of parts) part.write();
    });
    if (written) for (const part of parts) part.written();
  };
  return {
    contract: (code) => contracts.get(code),
    putContract: (code, contract) => contracts.put(code, contract),
    config: (code, raw) => configs.get(code, raw),
    putConfig: (code, raw, config) => configs.put(code, raw, config),
    code: (key) => codes.get(key) as KnownCode | undefined,
    putCode: (key, known) => codes.put(key, known),
    source: (path) => (sources.get(path) as KnownSource | undefined) ?? phases.artifact(path),
    putSource: (path, source) => sources.put(path, source),

    loadRun: (run) => phases.load(run),
    find: (fingerprint) => phases.find(fingerprint),
    phasesOf: (run) => phases.ofRun(run),
    unchangedOf: (run) => phases.unchangedOf(run),
    previous: (query) => phases.previous(query),
    holding: (output) => phases.holding(output),
    committed: (directory, phase, durationMs) => {
      phases.add(directory, phase);
      if (phase.manifest.reused === null) runs.recordDuration(phase.manifest, durationMs);
    },
    linked: (directory) => phases.linked(directory),

    looks: (candidate) => phases.looks(candidate),
    putHeld: (request, found) => held.put(request, found),

    recordRun: (run) => runs.record(run),
    runs: () => runs.all(),
    newestComplete: (pipeline, state) => runs.newestComplete(pipeline, state),
    durations: (pipeline) => runs.durations(pipeline),

    refresh: () => reconcile(store, runsDir),
    flush,
    close: () => {
      flush();
      store.close();
    },
  };
}
