import { existsSync } from "node:fs";
import { relative } from "node:path";
import { findExtras } from "../commit/remove-extras.ts";
import { digestJson } from "../digest/digest-bytes.ts";
import { inspectArtifact } from "./inspect-artifact.ts";
import { instanceName, type ReadPhase, type ReadRun } from "./read-run.ts";
import { expectEqual, type Findings } from "./verification.ts";

/** Checks one phase's record against its place, its run, its fingerprint's parts and the artifacts it names. */
export async function verifyPhase(run: ReadRun, phase: ReadPhase, findings: Findings): Promise<void> {
  const { where, manifest } = phase;
  expectEqual(findings, {
    where,
    what: "lies in the wrong place",
    expected: instanceName(phase),
    found: instanceName(manifest),
  });
  if (run.document !== undefined) {
    const expected = run.document.document.run;
    expectEqual(findings, { where: `${where} run`, what: "belongs to another run", expected, found: manifest.run });
  }
  expectEqual(findings, {
    where: `${where} fingerprint.digest`,
    what: "digest differs",
    expected: digestJson(manifest.fingerprint.parts),
    found: manifest.fingerprint.digest,
  });
  await verifyArtifacts(run.runDir, phase, findings);
  findings.checked.phases++;
}

async function verifyArtifacts(
  runDir: string,
  { directory, manifest: { outputs } }: ReadPhase,
  findings: Findings,
): Promise<void> {
  const below = relative(runDir, directory);
  for (const output of Object.values(outputs)) {
    const found = await inspectArtifact(directory, output);
    const what = found === "nothing" ? "missing" : "digest differs";
    expectEqual(findings, { where: `${below}/${output.path}`, what, expected: output.digest, found });
    findings.checked.artifacts++;
  }
  const artifacts = `${directory}/artifacts`;
  if (!existsSync(artifacts)) return;
  const named = Object.values(outputs).map(({ path }) => path.replace(/^artifacts\//, ""));
  for (const extra of findExtras(artifacts, named)) {
    findings.problems.push({
      where: `${below}/artifacts/${extra}`,
      what: "not named by any manifest",
      expected: "nothing",
      found: extra.endsWith("/") ? "a directory" : "a file",
    });
  }
}
