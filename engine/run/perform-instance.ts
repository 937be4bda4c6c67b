import { type CommittedPhase, ManifestError, type PhaseManifest, readKnownManifest } from "@orchestrate/manifests";
import type { ErrorEnvelope } from "@orchestrate/sdk";
import type { Instance } from "../core/graph/instance.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { Decision } from "../core/plan/decide.ts";
import type { Attempt, AttemptPlace } from "./attempt.ts";
import { attemptOrder } from "./attempt-order.ts";
import { carryFiles } from "./carry-files.ts";
import { type CommitContent, commitInstance } from "./commit-instance.ts";
import { guardCode, guardProjectCode } from "./guard-code.ts";
import { guardInputs, guardLinked } from "./guard-inputs.ts";
import { guardPrevious } from "./guard-previous.ts";
import { type InputScope, locateInputs } from "./locate-inputs.ts";
import type { PhaseDirectories } from "./phase-directories.ts";
import type { AttemptReport, CarriedFile } from "./ports/executor.ts";
import type { PreparedFacts } from "./prepare-instances.ts";
import type { RunScope } from "./run-scope.ts";
import { toEnvelope } from "./to-envelope.ts";

/** How a try at an instance ended. */
export type Performance =
  | { readonly type: "committed"; readonly phase: CommittedPhase; readonly reason: "computed" | "reused" }
  | { readonly type: "failed"; readonly error: ErrorEnvelope; readonly attempt: number }
  | { readonly type: "aborted" }
  /** What was to be reused is no longer there. */
  | { readonly type: "gone" };

/** What a try needs besides the run. */
export interface PerformanceScope extends InputScope {
  readonly directories: PhaseDirectories;
  readonly instance: Instance;
  readonly facts: PreparedFacts;
  readonly signal: AbortSignal;
  /**
   * Asked at the last moment before an attempt begins: the run may have come to stop since the instance was admitted.
   */
  readonly mayStart: () => boolean;
  /** To be called once nothing is computed any more and only a commit is left. */
  readonly computed: () => void;
  /** What else the run has in hand. */
  readonly beside: () => "nothing" | "others";
}

/** Reuses or runs an instance, and commits it. Never throws: whatever goes wrong is a failure with words. */
export async function performInstance(
  around: PerformanceScope,
  decision: Exclude<Decision, { type: "pending" }>,
): Promise<Performance> {
  let place: AttemptPlace | undefined;
  try {
    place = makePlace(around);
    const { scope, instance, facts } = around;
    const { fingerprint } = decision;
    const attempt = { instance, place, facts, fingerprint, inputs: locateInputs(around, instance, facts) };
    if (decision.type === "reuse") return await reuse(around, attempt, decision.candidate);
    const inputs = await guardPrevious(scope.ports.surroundings, attempt.inputs);
    return await compute(around, { ...attempt, inputs });
  } catch (error) {
    return { type: "failed", error: toEnvelope(error), attempt: place?.number ?? 1 };
  }
}

function makePlace({ scope, directories, instance }: PerformanceScope): AttemptPlace {
  const { path, lasting } = directories.take(instance);
  const number = scope.attempts.next(path);
  return { number, phaseDirectory: path, staging: scope.ports.files.makeStaging(path, number), lasting };
}

async function reuse(
  { scope, computed, beside }: PerformanceScope,
  attempt: Attempt,
  candidate: Candidate,
): Promise<Performance> {
  const laid = await scope.ports.files.materialise(candidate, attempt.place.staging, scope.document.reuse);
  if (laid === "gone") return { type: "gone" };
  const original = manifestOf(candidate);
  if (original === undefined) return { type: "gone" };
  computed();
  const bytes = laid === "linked" && original.durability === "strict" ? { bytes: "durable" as const } : {};
  const digests = Object.fromEntries(
    Object.entries(candidate.outputs).map(([name, { digest, size }]) => [name, { digest, size, ...bytes }]),
  );
  const { run, phase, key, manifest } = candidate;
  const origin = { reused: { run, phase, key, manifest }, digests };
  const { metrics, started } = original;
  const committed = await commitInstance(scope, { ...attempt, metrics, started, beside, origin });
  if (laid !== "copied") scope.ports.records.linked(candidate.directory);
  return { type: "committed", phase: committed, reason: "reused" };
}

/** Undefined where the run that it lies in was removed meanwhile. */
function manifestOf({ directory, manifest }: Candidate): PhaseManifest | undefined {
  try {
    return readKnownManifest(`${directory}/manifest.json`, manifest);
  } catch (error) {
    if (error instanceof ManifestError && error.code === "not-found") return undefined;
    throw error;
  }
}

async function compute(
  { scope, signal, mayStart, computed, beside }: PerformanceScope,
  attempt: Attempt,
): Promise<Performance> {
  if (!mayStart()) return { type: "aborted" };
  const { instance, place, facts, fingerprint } = attempt;
  const { clock, executor, journal } = scope.ports;
  const at = { phase: instance.phase, key: instance.key, attempt: place.number };
  const started = new Date(clock.now()).toISOString();
  journal.append({ type: "attempt-started", ...at, fingerprint: fingerprint.digest });
  await guardCode(scope, instance, facts.code);
  const result = await executor.run(
    attemptOrder(scope, attempt),
    (report) => journal.append(asEvent(report, at)),
    signal,
  );
  scope.ports.beforePoint(`attempt:ended:${instance.id}`);
  switch (result.type) {
    case "aborted":
      return { type: "aborted" };
    case "failed":
      return { type: "failed", error: result.error, attempt: place.number };
    case "completed": {
      computed();
      const content = { ...attempt, started, beside, metrics: result.metrics };
      return { type: "committed", phase: await commitResult(scope, content, result.carried), reason: "computed" };
    }
    default:
      return result satisfies never;
  }
}

/** Commits what an attempt has made, once its processes have ended. */
async function commitResult(
  scope: RunScope,
  content: CommitContent,
  files: readonly CarriedFile[],
): Promise<CommittedPhase> {
  const { inputs, place, instance, facts } = content;
  const { surroundings, records, beforePoint } = scope.ports;
  await guardInputs(surroundings, inputs);
  await guardProjectCode(surroundings, facts.code);
  if (files.length === 0) return commitInstance(scope, content);
  const { known, linked } = carryFiles(scope, place.staging, inputs, files);
  beforePoint(`attempt:carried:${instance.id}`);
  guardLinked(surroundings, inputs);
  const phase = await commitInstance(scope, { ...content, carried: known });
  for (const directory of linked) records.linked(directory);
  return phase;
}

function asEvent(
  report: AttemptReport,
  at: { readonly phase: string; readonly key: string | null; readonly attempt: number },
) {
  switch (report.type) {
    case "progress":
    case "metric":
      return { ...report, ...at };
    case "checkpoint":
      return { type: "checkpoint-saved" as const, digest: report.digest, size: report.size, ...at };
    default:
      return report satisfies never;
  }
}
