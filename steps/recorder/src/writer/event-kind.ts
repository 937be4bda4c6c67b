/** The kinds of `Event` that are written, by the numbers of the CodeTracer format. */
export const EventKind = { write: 0, writeOther: 2, read: 3, error: 11 } as const;
