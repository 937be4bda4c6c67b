import type { Digest } from "../schema/digest.ts";
import { instanceName, type ReadPhase, type ReadRun } from "./read-run.ts";
import { expectEqual, type Findings } from "./verification.ts";
import { type SourceCheck, verifySource } from "./verify-source.ts";

/** Checks every input of a phase: against this run's manifests, or outside of the run where the source is there. */
export async function verifyInputs(
  run: ReadRun,
  { where, manifest }: ReadPhase,
  sources: SourceCheck,
  findings: Findings,
): Promise<void> {
  for (const [name, input] of Object.entries(manifest.inputs)) {
    const field = `${where} inputs.${name}`;
    if ("gather" in input) {
      for (const part of input.gather) {
        verifyLink(run, `${field}[${part.key}]`, part, findings);
      }
    } else if ("output" in input) {
      verifyLink(run, field, { ...input, key: input.key ?? null }, findings);
    } else {
      await verifySource(run, field, input, sources, findings);
    }
  }
}

interface Link {
  readonly phase: string;
  readonly key: string | null;
  readonly output: string;
  readonly digest: Digest;
  readonly manifest: Digest;
}

/** An input from a phase names the manifest of that phase in this run, and so vouches for all that lies before it. */
function verifyLink({ phases }: ReadRun, where: string, link: Link, findings: Findings): void {
  findings.checked.inputs++;
  const parent = phases.get(instanceName(link));
  if (parent === undefined) {
    const expected = `the manifest ${link.manifest} of ${instanceName(link)}`;
    findings.problems.push({ where, what: "missing", expected, found: "nothing" });
    return;
  }
  expectEqual(findings, {
    where: `${where}.manifest`,
    what: "digest differs",
    expected: link.manifest,
    found: parent.digest,
  });
  const output = Object.hasOwn(parent.manifest.outputs, link.output) ? parent.manifest.outputs[link.output] : undefined;
  expectEqual(findings, {
    where: `${where}.digest`,
    what: "digest differs",
    expected: link.digest,
    found: output?.digest ?? `no output "${link.output}" in ${parent.where}`,
  });
}
