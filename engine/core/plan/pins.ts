import type { RunDocument } from "@orchestrate/manifests";

/** What a run's `previous` inputs were pinned to when it began: `phase.output` to the run that had committed it. */
export type Pins = Readonly<Record<string, string>>;

/** The pins of run.json, but for those to which there was nothing. */
export function pinsOf(previous: RunDocument["previous"]): Pins {
  return Object.fromEntries(
    Object.entries(previous).flatMap(([reference, pinned]) => (pinned === null ? [] : [[reference, pinned.run]])),
  );
}
