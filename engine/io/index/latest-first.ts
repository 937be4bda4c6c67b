import type { Pins } from "./index-port.ts";
import type { PhaseRow } from "./phase-row.ts";

/**
 * The same phase of several runs, with that which was committed last at the beginning. Times alone don't tell, since a clock
 * can be set back between two runs: a run that took up what this phase had committed in another one is the later of both.
 *
 * @param rows the newest first, by their times.
 * @param pins by run.
 */
export function latestFirst(rows: readonly PhaseRow[], pins: ReadonlyMap<string, Pins>): readonly PhaseRow[] {
  let [last] = rows;
  // There are no more steps than rows, whatever a damaged record says.
  for (let step = 1; step < rows.length; step++) {
    const later = rows.find((row) => hasTakenUp(pins.get(row.run), last!));
    if (later === undefined) break;
    last = later;
  }
  return last === undefined ? rows : [last, ...rows.filter((row) => row !== last)];
}

function hasTakenUp(pins: Pins = {}, { phase, run }: PhaseRow): boolean {
  return Object.entries(pins).some(([reference, pinned]) => pinned === run && reference.startsWith(`${phase}.`));
}
