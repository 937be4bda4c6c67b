import type { JournalEvent } from "@orchestrate/manifests";

type Untimed<E> = E extends unknown ? Omit<E, "v" | "time"> : never;

/** An event before the journal stamps it. */
export type NewEvent = Untimed<JournalEvent>;

/** Takes what happens in a run, in order: appends it to events.ndjson and tells whoever follows. */
export interface Journal {
  append(event: NewEvent): void;
}
