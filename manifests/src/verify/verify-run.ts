import { statSync } from "node:fs";
import { ioError } from "../io-error.ts";
import { readRun } from "./read-run.ts";
import type { Findings, Verification } from "./verification.ts";
import { verifyInputs } from "./verify-inputs.ts";
import { verifyPhase } from "./verify-phase.ts";
import { verifyRunManifest } from "./verify-run-manifest.ts";
import type { SourceCheck } from "./verify-source.ts";

/**
 * Verifies a run directory by its records alone, wherever it was moved or copied: every artifact's digest, every
 * manifest's digest along the chain of inputs, fingerprints, run.json, and the run hash. What does not agree is in
 * `problems`; it never throws for that.
 *
 * @param options.sources whether sources outside of the run are looked at where they are there (default `check`).
 * @throws ManifestError of category io where something can't be read.
 */
export async function verifyRun(
  runDir: string,
  options: { readonly sources?: SourceCheck } = {},
): Promise<Verification> {
  refuseAbsent(runDir);
  const findings: Findings = {
    checked: { phases: 0, artifacts: 0, inputs: 0, sources: 0 },
    problems: [],
    unchecked: [],
  };
  const run = readRun(runDir, findings);
  verifyRunManifest(run, findings);
  for (const phase of run.phases.values()) {
    await verifyPhase(run, phase, findings);
    await verifyInputs(run, phase, options.sources ?? "check", findings);
  }
  return {
    run: run.document?.document.run ?? run.manifest?.manifest.run ?? null,
    state: run.state,
    ok: findings.problems.length === 0,
    ...findings,
  };
}

function refuseAbsent(runDir: string): void {
  try {
    statSync(runDir);
  } catch (error) {
    throw ioError(error, "verify", runDir);
  }
}
