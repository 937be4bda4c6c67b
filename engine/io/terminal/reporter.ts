import type { JournalEvent } from "@orchestrate/manifests";

/** Follows a run and shows it to whoever looks. */
export interface Reporter {
  event(event: JournalEvent): void;
  /** A line that is no event, as where the run is. Where the output is JSON it is not written. */
  note(text: string): void;
  /** Writes what is still held back, and ends the progress line. */
  close(): void;
}

export interface ReporterOptions {
  readonly terminal: "interactive" | "plain";
  readonly colour: "on" | "off";
  /** `json`: the events themselves, one a line. */
  readonly format: "text" | "json";
  /** How many phase instances the run has, where that is known. */
  readonly total: number | undefined;
  /** The phases and instances that will be told of, so that columns are aligned from the first line on. */
  readonly names?: readonly string[];
  /** How many instances each fanned-out phase has, as far as it is known; `phase-expanded` tells the rest. */
  readonly fans?: ReadonlyMap<string, number>;
  /** Takes one line or several, without the last line end. */
  print(text: string): void;
  /** The terminal to draw progress on; what is printed must end up on it as well. Default: stdout. */
  readonly stream?: NodeJS.WriteStream;
  /** Calls `action` once, later; returns what takes it back. Default: setTimeout. */
  readonly later?: (ms: number, action: () => void) => () => void;
}
