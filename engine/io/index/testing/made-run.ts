import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CommittedPhase,
  commitAttempt,
  commitRun,
  type Digest,
  digestBytes,
  digestJson,
  type PhaseManifest,
  phaseDirectory,
  type RunDocument,
  runHash,
  writeRunDocument,
} from "@orchestrate/manifests";
import type { Candidate } from "../../../core/plan/candidate.ts";
import type { Index } from "../index-port.ts";
import { openIndex } from "../open-index.ts";

/** A committed phase, and where its artifacts lie. */
export interface MadePhase {
  readonly directory: string;
  readonly committed: CommittedPhase;
  readonly fingerprint: Digest;
  readonly file: string;
  readonly tree: string;
}

export interface RunToMake {
  readonly run: string;
  /** Phase name to what it writes; phases with equal `print` have equal fingerprints. */
  readonly phases: Readonly<Record<string, { readonly print: string; readonly text: string }>>;
  readonly minute?: number;
  readonly state?: string;
  readonly previous?: RunDocument["previous"];
  readonly ends?: "complete" | "unfinished";
}

export const time = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
const environment = { node: "24.0.0", platform: "linux", arch: "x64" };

/** Makes a run directory as the engine does, with a file and a directory as each phase's artifacts. */
export async function makeRun(runsDir: string, toMake: RunToMake): Promise<Readonly<Record<string, MadePhase>>> {
  const { run, phases, minute = 0, state = null, previous = {}, ends = "complete" } = toMake;
  const runDir = join(runsDir, run);
  mkdirSync(runDir);
  const document = await writeRunDocument(
    runDir,
    {
      schema: "orchestrate.run/1",
      run,
      pipeline: "p",
      state,
      created: time(minute),
      root: ".",
      file: null,
      profile: null,
      overrides: [],
      seed: 0,
      durability: "relaxed",
      reuse: "link",
      selected: [],
      forced: [],
      resolved: {},
      previous,
      steps: {},
      git: null,
      environment: { engine: "0.1.0", hostname: "h", cpus: 1, ...environment },
    },
    "relaxed",
  );
  const made: Record<string, MadePhase> = {};
  for (const [phase, { print, text }] of Object.entries(phases)) {
    const fingerprint = digestJson({ config: digestBytes(print) });
    const directory = phaseDirectory(runDir, phase, null);
    mkdirSync(join(directory, "attempt-1/tree"), { recursive: true });
    writeFileSync(join(directory, "attempt-1/out.txt"), text);
    writeFileSync(join(directory, "attempt-1/tree/leaf"), text);
    const manifest: Omit<PhaseManifest, "outputs" | "finished"> = {
      schema: "orchestrate.manifest/1",
      run,
      pipeline: "p",
      phase,
      key: null,
      attempt: 1,
      step: { name: "a/b", plugin: "a", version: "1.0.0", code: digestBytes("code") },
      fingerprint: { digest: fingerprint, parts: { config: digestBytes(print) } },
      config: {},
      seeds: {},
      services: {},
      inputs: {},
      metrics: {},
      durability: "relaxed",
      reused: null,
      git: null,
      environment,
      env: [],
      started: time(minute),
    };
    const committed = await commitAttempt({
      phaseDir: directory,
      attempt: 1,
      outputs: {
        out: { path: "out.txt", kind: "text/plain", form: "file", optional: false },
        tree: { path: "tree", kind: "tree", form: "directory", optional: false },
      },
      manifest,
      finished: () => time(minute),
      durability: "relaxed",
    });
    made[phase] = {
      directory,
      committed,
      fingerprint,
      file: join(directory, "artifacts/out.txt"),
      tree: join(directory, "artifacts/tree"),
    };
  }
  appendFileSync(join(runDir, "events.ndjson"), "begun\n");
  if (ends === "unfinished") return made;
  const hashed = Object.entries(made).map(([phase, { fingerprint, committed }]) => ({
    phase,
    key: null,
    fingerprint,
    outputs: Object.fromEntries(Object.entries(committed.manifest.outputs).map(([name, { digest }]) => [name, digest])),
    manifest: committed.digest,
  }));
  await commitRun({
    runDir,
    manifest: {
      schema: "orchestrate.run-manifest/1",
      run,
      pipeline: "p",
      document,
      phases: hashed,
      run_hash: runHash(hashed),
      started: time(minute),
      finished: time(minute),
    },
    durability: "relaxed",
  });
  return made;
}

export const newRunsDir = () => mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-index-"));
/** The phases of a run with one phase. */
export const one = { train: { print: "x", text: "hello" } };

/** A runs directory with one run that the engine itself told the index of. */
export async function told(): Promise<{ readonly runsDir: string; readonly train: MadePhase }> {
  const runsDir = newRunsDir();
  const index = openIndex(runsDir);
  const { train } = await makeRun(runsDir, { run: "r1", phases: one });
  tell(index, "r1", train!);
  index.close();
  return { runsDir, train: train! };
}

/** Tells an index what the engine tells it of a complete run. */
export function tell(index: Index, run: string, ...phases: readonly MadePhase[]): void {
  for (const { directory, committed } of phases) index.committed(directory, committed, 1_500);
  const row = { run, pipeline: "p", state: null, created: time(0), pins: {} };
  index.recordRun({ ...row, complete: true, runHash: digestBytes("h") });
}

/** Opens anew, looks for a fingerprint, and says whether files had to be read for the answer. */
export async function find(
  runsDir: string,
  fingerprint: Digest,
): Promise<{ readonly read: boolean; readonly found: Candidate | undefined }> {
  const index = openIndex(runsDir);
  index.loadRun("r1");
  const answer = index.find(fingerprint);
  const found = await answer;
  index.close();
  return { read: answer instanceof Promise, found };
}
