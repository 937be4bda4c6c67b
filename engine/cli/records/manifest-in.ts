import { existsSync } from "node:fs";
import { type PhaseManifest, readPhaseManifest } from "@orchestrate/manifests";

/**
 * The manifest in a phase's directory; undefined where it is not committed. @throws ManifestError where it can't be
 * read.
 */
export function manifestIn(phaseDirectory: string): PhaseManifest | undefined {
  const path = `${phaseDirectory}/manifest.json`;
  return existsSync(path) ? readPhaseManifest(path).manifest : undefined;
}
