import { json, z } from "@orchestrate/sdk";
import type { Results } from "./check-result.ts";

/** The most runs of which a history tells. */
const MOST = 1000;

/** What earlier runs measured of the source, by the name of the check, the oldest first. */
export const History = z.strictObject({
  schema: z.literal("orchestrate.ingest-history/1"),
  measured: z.record(z.string(), z.array(z.number())),
});

export type History = z.infer<typeof History>;

export const historyArtifact = json("history.json", History, { kind: "ingest/history" });

/** The history with the results of one more run. */
export function withResults(history: History | undefined, { checks }: Results): History {
  const measured = { ...history?.measured };
  for (const { name, type, source } of checks) {
    if (type === "row_count" && source !== null) measured[name] = [...(measured[name] ?? []), source].slice(-MOST);
  }
  return { schema: "orchestrate.ingest-history/1", measured };
}
