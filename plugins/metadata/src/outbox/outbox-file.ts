import { join } from "node:path";

/** Where the outbox of all runs of a runs directory lies. */
export function outboxFile(runsDirectory: string): string {
  return join(runsDirectory, ".metadata-outbox.sqlite");
}
