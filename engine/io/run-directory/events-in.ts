import type { JournalEvent } from "@orchestrate/manifests";

/**
 * The events of a journal's lines, as they are gone through; one that a kill cut short, or that is no event, is left
 * out.
 */
export function* eventsIn(lines: Iterable<string>): Generator<JournalEvent, void, undefined> {
  for (const line of lines) {
    const event = parse(line);
    if (event !== undefined) yield event;
  }
}

function parse(line: string): JournalEvent | undefined {
  if (line === "") return undefined;
  try {
    const event = JSON.parse(line) as JournalEvent | null;
    return typeof event === "object" && event !== null && "type" in event ? event : undefined;
  } catch {
    return undefined;
  }
}
