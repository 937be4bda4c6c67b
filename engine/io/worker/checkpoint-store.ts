import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { type Digest, digestBytes, errnoOf } from "@orchestrate/manifests";
import type { Checkpoints } from "@orchestrate/sdk";
import { makeLastingDirectory } from "../make-lasting-directory.ts";
import { syncPath } from "../sync-path.ts";

/** Where an attempt keeps checkpoints, and under which fingerprint. */
export interface CheckpointPlace {
  readonly phaseDirectory: string;
  readonly attempt: number;
  readonly fingerprint: Digest;
  readonly durability: "strict" | "relaxed";
}

/** How many checkpoints an attempt keeps: one may be torn by a power cut where nothing is synced. */
const KEPT = 2;

const NAME = /^(\d{6})\.([0-9a-f]{64})\.([0-9a-f]{64})$/;

/**
 * Checkpoints of a phase, in `attempt-N.checkpoints/` as `<number>.<fingerprint>.<digest>`. A torn or foreign one is
 * passed over: names say what the content must be.
 */
export function checkpointStore(place: CheckpointPlace, saved: (digest: Digest, size: number) => void): Checkpoints {
  let number = 0;
  return {
    load: async () => newest(place),
    save: async (data) => {
      const digest = digestBytes(data);
      save(place, ++number, digest, data);
      saved(digest, data.byteLength);
    },
  };
}

function newest({ phaseDirectory, fingerprint }: CheckpointPlace): Uint8Array | undefined {
  const directories = list(phaseDirectory)
    .map((name) => /^attempt-(\d+)\.checkpoints$/.exec(name))
    .filter((match) => match !== null)
    .sort((a, b) => Number(b[1]) - Number(a[1]));
  for (const [directory] of directories) {
    for (const name of list(`${phaseDirectory}/${directory}`).sort().reverse()) {
      const match = NAME.exec(name);
      if (match === null || `sha256:${match[2]}` !== fingerprint) continue;
      const data = readFileSync(`${phaseDirectory}/${directory}/${name}`);
      if (digestBytes(data) === `sha256:${match[3]}`) return data;
    }
  }
  return undefined;
}

function save(place: CheckpointPlace, number: number, digest: Digest, data: Uint8Array): void {
  const directory = `${place.phaseDirectory}/attempt-${place.attempt}.checkpoints`;
  if (place.durability === "strict") makeLastingDirectory(directory);
  else mkdirSync(directory, { recursive: true });
  const name = `${String(number).padStart(6, "0")}.${hex(place.fingerprint)}.${hex(digest)}`;
  const descriptor = openSync(`${directory}/.saving`, "w");
  try {
    for (let written = 0; written < data.byteLength; ) written += writeSync(descriptor, data, written);
    if (place.durability === "strict") fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${directory}/.saving`, `${directory}/${name}`);
  if (place.durability === "strict") syncPath(directory);
  for (const old of list(directory)
    .filter((entry) => NAME.test(entry))
    .sort()
    .slice(0, -KEPT))
    rmSync(`${directory}/${old}`);
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
}

function hex(digest: Digest): string {
  return digest.slice("sha256:".length);
}
