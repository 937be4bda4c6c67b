import { canonicalJson } from "@orchestrate/manifests";
import type { Wiring } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import type { Input, WiringScope } from "./wiring-scope.ts";

/**
 * Checks that a gathered input gathers, that any other takes one artifact, and that fan-outs match instance by
 * instance.
 */
export function checkFan(
  scope: WiringScope,
  { name, wiring, declared }: Input & { readonly wiring: Extract<Wiring, { from: "phase" }> },
  issues: Issue[],
): void {
  const path = ["phases", scope.phase.name, "inputs", name];
  const source = scope.pipeline.phases.get(wiring.phase)!;
  const gathers = declared === undefined ? wiring.gather === "all" : declared.mode === "gathered";
  if (wiring.gather === "all") {
    if (source.each === null) {
      issues.push({
        path,
        message: `"${wiring.phase}" is not fanned out, so there is nothing to gather.`,
        hint: `Write ${wiring.phase}.${wiring.output}.`,
      });
    } else if (!gathers) {
      issues.push({
        path,
        message: `the step ${scope.phase.step} takes one artifact here, not all instances.`,
        hint: "Give this phase the same `each`, or gather in another phase.",
      });
    }
    return;
  }
  if (gathers) {
    issues.push({
      path,
      message: "this input gathers all instances of a phase.",
      hint: `Write ${wiring.phase}[*].${wiring.output}.`,
    });
  } else if (source.each !== null && canonicalJson(source.each) !== canonicalJson(scope.phase.each)) {
    issues.push({
      path,
      message: `"${wiring.phase}" is fanned out.`,
      hint: `Write ${wiring.phase}[*].${wiring.output} to gather, or give this phase the same \`each\`.`,
    });
  } else if (source.each !== null && source.key !== scope.phase.key) {
    issues.push({
      path,
      message: `"${wiring.phase}" makes its keys otherwise, so its instances can't be matched with these.`,
      hint: "Give both phases the same `key`.",
    });
  }
}
