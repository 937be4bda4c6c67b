import { existsSync, renameSync, writeFileSync } from "node:fs";
import { digestBytes } from "../digest/digest-bytes.ts";
import type { SizedDigest } from "../digest/digest-file.ts";
import { type StatEntry, statRecord } from "../digest/stat-record.ts";
import { withDigests } from "../digest/with-digests.ts";
import { errnoOf, ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import type { OutputRecord } from "../schema/phase-manifest.ts";
import { checkOutputs, type FoundOutput } from "./check-outputs.ts";
import { type Places, placesOf, takeBack } from "./commit-places.ts";
import type { CommitRequest, CommittedPhase } from "./commit-request.ts";
import { composeManifest, outputRecord } from "./compose-manifest.ts";
import { digestOutput } from "./digest-output.ts";
import { pathsToSync } from "./paths-to-sync.ts";
import { removeExtras } from "./remove-extras.ts";
import { sealOutput, separateLinks, statOutput } from "./seal-output.ts";
import { syncPathNow, syncPaths } from "./sync-paths.ts";

/**
 * Commits an attempt: its staging directory becomes `artifacts/`, and then the manifest is put in place. Killed at any
 * instant, it leaves what `recoverPhase` either completes or sets aside (docs/formats/run-directory.md). Where it
 * fails, the attempt stays in its staging directory, uncommitted.
 *
 * @throws ManifestError `output-missing`, `output-form`, `output-changed`, `metric-not-finite`, `staging-missing`
 * (failed), `output-path`, `link-leaves-tree`, `unsupported-file-type`, `name-not-utf8` (input), `already-committed`,
 * `artifacts-in-the-way` (invariant), `fsync-failed` or another of category io.
 */
export async function commitAttempt(request: CommitRequest): Promise<CommittedPhase> {
  const places = placesOf(request);
  try {
    return await commit(request, places);
  } catch (error) {
    takeBack(places);
    // What is not from the system is a mistake in the program, and no matter of the disk.
    throw errnoOf(error) === undefined ? error : ioError(error, "commit", places.staging);
  }
}

async function commit(request: CommitRequest, places: Places): Promise<CommittedPhase> {
  const { phaseDir, durability, reusedDigests = {}, carried = {} } = request;
  const reach = request.beforePoint ?? (() => {});
  const syncDirectory = async () => {
    if (durability === "relaxed") return;
    if (request.beside?.() === "nothing") syncPathNow(phaseDir);
    else await syncPaths([phaseDir]);
  };

  reach("outputs-checked");
  refuseUnwritable(request, places);
  const outputs = checkOutputs(places.staging, request.outputs);

  reach("outputs-digested");
  const records: Record<string, OutputRecord> = {};
  const found = outputs.map((output) =>
    reusedDigests[output.name] === undefined ? withOwnBytes(output, places) : output,
  );
  const digests: Record<string, SizedDigest> = {};
  for (const output of found) {
    const digest = reusedDigests[output.name] ?? (await digestOutput(output, carried));
    digests[output.name] = digest;
    records[output.name] = outputRecord(output, digest);
  }

  reach("outputs-sealed");
  const extras = removeExtras(
    places.staging,
    outputs.map(({ declared }) => declared.path),
  );
  const stats: Record<string, readonly StatEntry[]> = {};
  for (const output of found) {
    const entries = reusedDigests[output.name] === undefined ? sealOutput(output) : statOutput(output);
    stats[output.name] = withDigests(entries, digests[output.name]!);
  }

  reach("manifest-prepared");
  const manifest = composeManifest(request.manifest, records, request.finished());
  const text = `${JSON.stringify(manifest)}\n`;
  places.reached = "prepared";
  writeFileSync(places.prepared, text);

  // One wave: nothing here relies on another part of it, only the rename relies on all.
  reach("attempt-synced");
  if (durability === "strict")
    await syncPaths([...pathsToSync(places.staging, found, request), places.prepared, phaseDir]);
  reach("artifacts-renamed");
  moveIntoPlace(places);
  reach("artifacts-synced");
  await syncDirectory();
  reach("manifest-renamed");
  renameSync(places.prepared, places.manifest);
  places.reached = "manifest";
  reach("committed");
  await syncDirectory();
  return { manifest, digest: digestBytes(text), outputs: stats, manifestStat: statRecord(places.manifest), extras };
}

function refuseUnwritable({ manifest }: CommitRequest, places: Places): void {
  for (const [name, value] of Object.entries(manifest.metrics)) {
    if (!Number.isFinite(value)) throw notFinite(name, value);
  }
  if (existsSync(places.manifest)) throw alreadyCommitted(places.manifest);
}

/** Looks again where files were replaced by copies. */
function withOwnBytes(output: FoundOutput, { staging }: Places): FoundOutput {
  if (separateLinks(output) === "untouched") return output;
  const [again] = checkOutputs(staging, { [output.name]: output.declared });
  return again ?? output;
}

function moveIntoPlace(places: Places): void {
  // A rename onto an empty directory replaces it silently, onto another one it fails.
  if (existsSync(places.artifacts)) throw inTheWay(places.artifacts);
  renameSync(places.staging, places.artifacts);
  places.reached = "artifacts";
}

function alreadyCommitted(manifest: string): ManifestError {
  return new ManifestError({
    error: "already-committed",
    category: "invariant",
    detail: `The phase is committed already: ${manifest} is in place.`,
    hint: "Only one engine may drive a run. Start a new run, or resume this one.",
  });
}

function inTheWay(artifacts: string): ManifestError {
  return new ManifestError({
    error: "artifacts-in-the-way",
    category: "invariant",
    detail: `${artifacts} is there already, without a manifest.`,
    hint: "It is left from a commit that was cut short. Resume the run, which recovers it first.",
  });
}

function notFinite(name: string, value: number): ManifestError {
  return new ManifestError({
    error: "metric-not-finite",
    category: "failed",
    detail: `The metric "${name}" is ${value}, which a manifest can't hold.`,
    hint: "Let the step report finite numbers only.",
  });
}
