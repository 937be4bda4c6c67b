import { digestJson } from "@orchestrate/manifests";
import type { AnyStep } from "@orchestrate/sdk";
import type { StepFacts } from "../catalog.ts";

/** A step as planning sees it: the contract of a real definition, with a code digest of its name. */
export function stepFacts(name: string, step: AnyStep): StepFacts {
  return {
    name,
    plugin: "made-up",
    version: "1.0.0",
    code: digestJson(`code of ${name}`),
    files: { [`${name}.js`]: digestJson(`text of ${name}`) },
    contract: step.contract(),
  };
}
