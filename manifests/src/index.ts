export { canonicalJson } from "./canonical-json.ts";
export { commitAttempt } from "./commit/commit-attempt.ts";
export { type CommitPoint, commitPoints, type RunCommitPoint, runCommitPoints } from "./commit/commit-point.ts";
export type {
  CommitRequest,
  CommittedPhase,
  DeclaredOutput,
  Durability,
  KnownBytes,
} from "./commit/commit-request.ts";
export { type Recovery, recoverPhase } from "./commit/recover-phase.ts";
export { compareUtf8 } from "./digest/compare-utf8.ts";
export { digestArtifact } from "./digest/digest-artifact.ts";
export { digestBytes, digestJson } from "./digest/digest-bytes.ts";
export { digestFile, type SizedDigest } from "./digest/digest-file.ts";
export { digestTree, type TreeDigest, type TreeEntry } from "./digest/digest-tree.ts";
export {
  type StatEntry,
  type StatRecord,
  sameStat,
  statArtifact,
  statRecord,
  unchangedButForLinks,
  unchangedSince,
} from "./digest/stat-record.ts";
export { withDigests } from "./digest/with-digests.ts";
export { errnoOf, ioError, ioWords } from "./io-error.ts";
export { jsonSchemas } from "./json-schemas.ts";
export { listPhases, type PhaseLocation } from "./layout/list-phases.ts";
export { type LaidPhaseDirectories, makePhaseDirectories } from "./layout/make-phase-directories.ts";
export { isReservedName, phaseDirectory } from "./layout/phase-directory.ts";
export { ManifestError } from "./manifest-error.ts";
export { readKnownManifest, readPhaseManifest, readRunDocument, readRunManifest } from "./read/read-record.ts";
export { commitRun, type RunCommit } from "./run/commit-run.ts";
export { comparePhases, type HashedPhase, runHash } from "./run/run-hash.ts";
export { writeRunDocument } from "./run/write-run-document.ts";
export { Digest } from "./schema/digest.ts";
export { ErrorRecord, JournalEvent } from "./schema/journal-event.ts";
export { InputRecord, OutputRecord, PhaseManifest } from "./schema/phase-manifest.ts";
export { RunDocument } from "./schema/run-document.ts";
export { RunManifest } from "./schema/run-manifest.ts";
export type { Verification } from "./verify/verification.ts";
export { verifyRun } from "./verify/verify-run.ts";
