import type { ErrorRecord, JournalEvent } from "@orchestrate/manifests";
import { instanceId } from "../../core/graph/instance.ts";

/** What the journal says of an instance that is not committed. */
export type InstanceStatus =
  | { readonly status: "begun" }
  | { readonly status: "failed"; readonly error: ErrorRecord; readonly item: unknown }
  | { readonly status: "skipped"; readonly by: string | null };

/** The last that the journal says of each instance, by id. What it says of committed ones counts for nothing. */
export function instanceStatuses(events: Iterable<JournalEvent>): ReadonlyMap<string, InstanceStatus> {
  const statuses = new Map<string, InstanceStatus>();
  for (const event of events) {
    const status = statusAfter(event);
    if (status !== undefined && "phase" in event && "key" in event)
      statuses.set(instanceId(event.phase, event.key), status);
  }
  return statuses;
}

function statusAfter(event: JournalEvent): InstanceStatus | undefined {
  if (event.type === "attempt-started" || event.type === "attempt-failed") return { status: "begun" };
  if (event.type === "phase-failed") return { status: "failed", error: event.error, item: event.item };
  if (event.type === "phase-skipped") return { status: "skipped", by: event.by };
  return undefined;
}
