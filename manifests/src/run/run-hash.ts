import { compareUtf8 } from "../digest/compare-utf8.ts";
import { digestJson } from "../digest/digest-bytes.ts";
import type { Digest } from "../schema/digest.ts";

/** What the run hash says of one phase instance. */
export interface HashedPhase {
  readonly phase: string;
  readonly key: string | null;
  readonly fingerprint: Digest;
  /** Output name to digest. */
  readonly outputs: Readonly<Record<string, Digest>>;
}

/**
 * The digest of a run's results: of the canonical JSON of `{ phase, key, fingerprint, outputs }` of each committed
 * phase instance, sorted as `comparePhases` does. Runs with equal results have equal hashes.
 */
export function runHash(phases: readonly HashedPhase[]): Digest {
  const sorted = phases.toSorted(comparePhases);
  return digestJson(sorted.map(({ phase, key, fingerprint, outputs }) => ({ phase, key, fingerprint, outputs })));
}

/** By the UTF-8 bytes of the phase, then of the key; an instance without a key comes first. */
export function comparePhases(
  a: { readonly phase: string; readonly key: string | null },
  b: { readonly phase: string; readonly key: string | null },
): number {
  return compareUtf8(a.phase, b.phase) || compareUtf8(a.key ?? "", b.key ?? "");
}
