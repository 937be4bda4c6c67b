import { existsSync } from "node:fs";
import { relative } from "node:path";
import { listPhases, type PhaseLocation } from "../layout/list-phases.ts";
import { ManifestError } from "../manifest-error.ts";
import { readPhaseManifest, readRunDocument, readRunManifest } from "../read/read-record.ts";
import type { Digest } from "../schema/digest.ts";
import type { PhaseManifest } from "../schema/phase-manifest.ts";
import type { RunDocument } from "../schema/run-document.ts";
import type { RunManifest } from "../schema/run-manifest.ts";
import type { Findings } from "./verification.ts";

/** A committed phase instance as it was read. */
export interface ReadPhase extends PhaseLocation {
  /** The manifest's path, relative to the run directory. */
  readonly where: string;
  readonly manifest: PhaseManifest;
  readonly digest: Digest;
}

/** All records of a run directory that could be read; what could not is among the findings. */
export interface ReadRun {
  readonly runDir: string;
  readonly document: { readonly document: RunDocument; readonly digest: Digest } | undefined;
  readonly manifest: { readonly manifest: RunManifest; readonly digest: Digest } | undefined;
  readonly state: "finished" | "unfinished";
  /** By `instanceName`. */
  readonly phases: ReadonlyMap<string, ReadPhase>;
}

export function readRun(runDir: string, findings: Findings): ReadRun {
  const manifestPath = `${runDir}/manifest.json`;
  const state = existsSync(manifestPath) ? "finished" : "unfinished";
  return {
    runDir,
    document: attempt(() => readRunDocument(`${runDir}/run.json`), "run.json", findings),
    manifest:
      state === "finished" ? attempt(() => readRunManifest(manifestPath), "manifest.json", findings) : undefined,
    state,
    phases: readPhases(runDir, findings),
  };
}

/** `train`, or `sweep[0.1]`. */
export function instanceName({ phase, key }: { readonly phase: string; readonly key: string | null }): string {
  return key === null ? phase : `${phase}[${key}]`;
}

function readPhases(runDir: string, findings: Findings): Map<string, ReadPhase> {
  const phases = new Map<string, ReadPhase>();
  for (const location of listPhases(runDir)) {
    const path = `${location.directory}/manifest.json`;
    const where = relative(runDir, path);
    if (!existsSync(path)) {
      findings.unchecked.push({ where: relative(runDir, location.directory), why: "not committed" });
      continue;
    }
    const read = attempt(() => readPhaseManifest(path), where, findings);
    if (read !== undefined) phases.set(instanceName(location), { ...location, where, ...read });
  }
  return phases;
}

/** A record that is damaged or gone is a finding; a disk that fails is an error. */
function attempt<T>(read: () => T, where: string, { problems }: Findings): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    if (error.code === "manifest-unreadable") {
      problems.push({ where, what: "unreadable", expected: "a valid record", found: error.detail });
      return undefined;
    }
    if (error.code === "not-found") {
      problems.push({ where, what: "missing", expected: "a valid record", found: "nothing" });
      return undefined;
    }
    throw error;
  }
}
