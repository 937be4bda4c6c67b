import type { Pins } from "./pins.ts";

/**
 * The runs that hold a phase, with that which committed it last at the beginning. Times alone don't tell, since a clock can be
 * set back between two runs: a run that took up what another had committed of the phase is the later of both.
 *
 * @param holders the newest first, by the times at which they committed the phase.
 * @param pinsOf of a run.
 */
export function latestFirst<H extends { readonly run: string }>(
  phase: string,
  holders: readonly H[],
  pinsOf: (holder: H) => Pins,
): readonly H[] {
  let [last] = holders;
  const hasTakenUp = (holder: H, { run }: H) =>
    Object.entries(pinsOf(holder)).some(([reference, pinned]) => pinned === run && reference.startsWith(`${phase}.`));
  // There are no more steps than holders, whatever a damaged record says.
  for (let step = 1; step < holders.length; step++) {
    const later = holders.find((holder) => hasTakenUp(holder, last!));
    if (later === undefined) break;
    last = later;
  }
  return last === undefined ? holders : [last, ...holders.filter((holder) => holder !== last)];
}
