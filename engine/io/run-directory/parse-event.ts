import type { JournalEvent } from "@orchestrate/manifests";

/** The event of a journal's line; undefined for one that a kill cut short, or that is no event. */
export function parseEvent(line: string): JournalEvent | undefined {
  if (line === "") return undefined;
  try {
    const event = JSON.parse(line) as JournalEvent | null;
    return typeof event === "object" && event !== null && "type" in event ? event : undefined;
  } catch {
    return undefined;
  }
}
