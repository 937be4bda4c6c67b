import type { RunDocument } from "@orchestrate/manifests";

/**
 * When that was committed which a run's `previous` inputs were pinned to as it began: `phase.output` to ISO 8601, UTC.
 */
export type Pins = Readonly<Record<string, string>>;

/** The pins of run.json, but for those to which there was nothing. */
export function pinsOf(previous: RunDocument["previous"]): Pins {
  return Object.fromEntries(
    Object.entries(previous).flatMap(([reference, pinned]) =>
      pinned?.committed === undefined ? [] : [[reference, pinned.committed]],
    ),
  );
}

/**
 * When a phase was committed, so that what is taken for the newest is what was committed last. Its own time does not
 * tell alone, since a clock can be set back between two runs: it is after that of what its run took up of the same
 * phase.
 *
 * @param finished as its manifest says, ISO 8601.
 * @returns ISO 8601, UTC.
 */
export function committedAfter(phase: string, finished: string, pins: Pins): string {
  const takenUp = Object.entries(pins).filter(([reference]) => reference.startsWith(`${phase}.`));
  const times = takenUp.map(([, committed]) => Date.parse(committed) + 1);
  return new Date(Math.max(Date.parse(finished), ...times)).toISOString();
}
