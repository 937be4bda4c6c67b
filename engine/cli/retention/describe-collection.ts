import { relative } from "node:path";
import type { KeptBecause } from "../../core/retention/run-facts.ts";
import { unreachable } from "../../core/unreachable.ts";
import { formatBytes } from "../../io/terminal/format-bytes.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import type { Invocation } from "../invocation.ts";
import type { Collection } from "./collection.ts";

/** What was deleted, and why the rest was not. */
export function describeCollection({ cwd }: Invocation, collection: Collection): string {
  const { directory, deleted, kept } = collection;
  if (deleted.length + kept.size === 0) return `There are no runs in ${relative(cwd, directory) || "."}.`;
  const rows = [
    ...deleted.map((run) => [run, collection.mode === "done" ? "deleted" : "would be deleted"]),
    ...[...kept].map(([run, because]) => [run, `kept: ${reason(because)}`]),
  ];
  return [summary(collection), formatTable(rows, { indent: "  " })].join("\n");
}

function summary({ mode, deleted, kept, leftovers, bytes }: Collection): string {
  const what = [
    ...(deleted.length === 0 ? [] : [`${deleted.length} of ${formatCount(deleted.length + kept.size, "run")}`]),
    ...(leftovers.length === 0 ? [] : [`${formatCount(leftovers.length, "leftover")} of attempts in runs that stay`]),
  ];
  if (what.length === 0) return "Nothing to delete.";
  return `${mode === "done" ? "Deleted" : "Would delete"} ${what.join(", and ")}: ${formatBytes(bytes)}.`;
}

function reason(because: KeptBecause): string {
  switch (because.reason) {
    case "recent":
      return "one of the newest";
    case "running":
      return "an engine drives it";
    case "unreadable":
      return "it can't be read";
    case "effect-begun":
      return `${because.phases.join(", ")} began to change something outside`;
    case "newest-result":
      return `the newest result of ${because.phases.join(", ")}`;
    case "published":
      return `the published result of ${because.phases.join(", ")}`;
    case "pinned":
      return `${because.by} goes on from it`;
    case "not-deleted":
      return "it can't be deleted";
    default:
      return unreachable(because);
  }
}
