/** What was seen of a batch while it was carried out: entry i + 1 is how things stood when row i was done. */
export interface BatchTrace {
  /** The timer, in milliseconds. */
  readonly times: Float64Array;
  /** The map's count of probes. */
  readonly probes: Float64Array;
  /** 1 where the key was found: of gets, and of deletes; 0 of puts. */
  readonly found: Uint8Array;
}
