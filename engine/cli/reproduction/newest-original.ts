import { join } from "node:path";
import { readRunDocument } from "@orchestrate/manifests";
import { runNames } from "../locate-runs.ts";
import { REPRODUCED } from "./as-reproduction.ts";

/**
 * The name of the newest run that is no reproduction, so that asking twice is answered twice alike; undefined where all
 * are.
 *
 * @throws ManifestError where a run.json on the way can't be read.
 */
export function newestOriginal(runsDirectory: string): string | undefined {
  return runNames(runsDirectory).find(
    (name) => readRunDocument(join(runsDirectory, name, "run.json")).document.state !== REPRODUCED,
  );
}
