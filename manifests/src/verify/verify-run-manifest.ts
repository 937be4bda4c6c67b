import { canonicalJson } from "../canonical-json.ts";
import { runHash } from "../run/run-hash.ts";
import type { RunManifest } from "../schema/run-manifest.ts";
import { instanceName, type ReadPhase, type ReadRun } from "./read-run.ts";
import { expectEqual, type Findings } from "./verification.ts";

/** Checks a finished run's own manifest against run.json, every phase's manifest and its own run hash. */
export function verifyRunManifest({ document, manifest: read, phases }: ReadRun, findings: Findings): void {
  if (read === undefined) return;
  const { manifest } = read;
  if (document !== undefined) {
    expectEqual(findings, {
      where: "run.json",
      what: "digest differs",
      expected: manifest.document,
      found: document.digest,
    });
    expectEqual(findings, {
      where: "manifest.json run",
      what: "belongs to another run",
      expected: document.document.run,
      found: manifest.run,
    });
  }
  expectEqual(findings, {
    where: "manifest.json run_hash",
    what: "digest differs",
    expected: runHash(manifest.phases),
    found: manifest.run_hash,
  });
  for (const said of manifest.phases) verifyEntry(said, phases.get(instanceName(said)), findings);
  refuseUnnamed(manifest, phases, findings);
}

function verifyEntry(said: RunManifest["phases"][number], phase: ReadPhase | undefined, findings: Findings): void {
  if (phase === undefined) {
    const where = `manifest.json phases ${instanceName(said)}`;
    findings.problems.push({ where, what: "missing", expected: `the manifest ${said.manifest}`, found: "nothing" });
    return;
  }
  const { where, manifest, digest } = phase;
  expectEqual(findings, { where, what: "digest differs", expected: said.manifest, found: digest });
  expectEqual(findings, {
    where: `${where} fingerprint.digest`,
    what: "not what the run manifest says",
    expected: said.fingerprint,
    found: manifest.fingerprint.digest,
  });
  const outputs = Object.fromEntries(Object.entries(manifest.outputs).map(([name, output]) => [name, output.digest]));
  expectEqual(findings, {
    where: `${where} outputs`,
    what: "not what the run manifest says",
    expected: canonicalJson(said.outputs),
    found: canonicalJson(outputs),
  });
}

function refuseUnnamed(
  { phases: said }: RunManifest,
  phases: ReadonlyMap<string, ReadPhase>,
  { problems }: Findings,
): void {
  const named = new Set(said.map(instanceName));
  for (const [name, { where, digest }] of phases) {
    if (!named.has(name))
      problems.push({ where, what: "not named by any manifest", expected: "nothing", found: digest });
  }
}
