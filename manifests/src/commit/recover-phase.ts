import { existsSync, readdirSync, renameSync } from "node:fs";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import { readPhaseManifest } from "../read/read-record.ts";
import type { Digest } from "../schema/digest.ts";
import type { PhaseManifest } from "../schema/phase-manifest.ts";
import { inspectArtifact } from "../verify/inspect-artifact.ts";
import { syncPaths } from "./sync-paths.ts";

/** What was found, and done, in a phase's directory. */
export type Recovery =
  /** The manifest was in place. */
  | { readonly state: "committed"; readonly manifest: PhaseManifest; readonly digest: Digest }
  /** The commit had been cut short after its work was complete, and is complete now. */
  | { readonly state: "rolled-forward"; readonly manifest: PhaseManifest; readonly digest: Digest }
  /** Artifacts that no prepared manifest vouches for were moved to `to`, an absolute path. */
  | { readonly state: "discarded"; readonly to: string }
  /** Nothing was committed or half committed. */
  | { readonly state: "nothing" };

/**
 * Brings a phase's directory into a state in which it is either committed or not, whatever instant its last commit was
 * killed at. Only the engine that holds the run's lock may call it.
 *
 * @throws ManifestError `artifact-differs` or `manifest-unreadable` (invariant), `fsync-failed` or another of category
 * io.
 */
export async function recoverPhase(phaseDir: string): Promise<Recovery> {
  const manifestPath = `${phaseDir}/manifest.json`;
  if (existsSync(manifestPath)) {
    const { manifest, digest } = readPhaseManifest(manifestPath);
    const difference = await firstDifference(phaseDir, manifest);
    if (difference !== undefined) throw differs(phaseDir, difference);
    return { state: "committed", manifest, digest };
  }
  if (!existsSync(`${phaseDir}/artifacts`)) return { state: "nothing" };
  return (await rollForward(phaseDir)) ?? (await discard(phaseDir));
}

interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

async function firstDifference(phaseDir: string, { outputs }: PhaseManifest): Promise<Difference | undefined> {
  for (const output of Object.values(outputs)) {
    const found = await inspectArtifact(phaseDir, output);
    if (found !== output.digest) return { path: output.path, expected: output.digest, found };
  }
  return undefined;
}

async function rollForward(phaseDir: string): Promise<Recovery | undefined> {
  for (const prepared of preparedManifests(phaseDir)) {
    const read = readQuietly(`${phaseDir}/${prepared}`);
    if (read === undefined || (await firstDifference(phaseDir, read.manifest)) !== undefined) continue;
    // The kill may have come before the fsync that the rename relies on.
    await syncPaths([phaseDir]);
    move(`${phaseDir}/${prepared}`, `${phaseDir}/manifest.json`);
    await syncPaths([phaseDir]);
    return { state: "rolled-forward", ...read };
  }
  return undefined;
}

/** Those whose staging directory is gone, as it is once it was renamed; the newest attempt first. */
function preparedManifests(phaseDir: string): string[] {
  const names = readdirSync(phaseDir);
  return names
    .map((name) => /^attempt-(\d+)\.manifest\.json$/.exec(name))
    .filter((match) => match !== null && !names.includes(`attempt-${match[1]}`))
    .toSorted((a, b) => Number(b?.[1]) - Number(a?.[1]))
    .flatMap((match) => match?.[0] ?? []);
}

/** One that can't be read vouches for nothing: a relaxed commit may lose it to a power cut. */
function readQuietly(path: string): { manifest: PhaseManifest; digest: Digest } | undefined {
  try {
    return readPhaseManifest(path);
  } catch (error) {
    if (error instanceof ManifestError && error.code === "manifest-unreadable") return undefined;
    throw error;
  }
}

async function discard(phaseDir: string): Promise<Recovery> {
  const prepared = preparedManifests(phaseDir);
  const to = firstFree(phaseDir);
  move(`${phaseDir}/artifacts`, to);
  for (const name of prepared) move(`${phaseDir}/${name}`, `${to}/${name}`);
  await syncPaths([to, phaseDir]);
  return { state: "discarded", to };
}

function firstFree(phaseDir: string): string {
  let number = 1;
  while (existsSync(`${phaseDir}/discarded-${number}`)) number++;
  return `${phaseDir}/discarded-${number}`;
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    throw ioError(error, `move to ${to}:`, from);
  }
}

function differs(phaseDir: string, { path, expected, found }: Difference): ManifestError {
  return new ManifestError({
    error: "artifact-differs",
    category: "invariant",
    detail: `${phaseDir}/${path} is not what its manifest says: expected ${expected}, found ${found}.`,
    hint: "It was changed after it was committed. Restore it from a copy, or start a new run.",
  });
}
