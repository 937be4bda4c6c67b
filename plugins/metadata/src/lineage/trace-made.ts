import { instancePath } from "../follow/run-records.ts";
import type { Gateway } from "../gateway.ts";
import { ArtifactPayload, LineagePayload, PhasePayload } from "../kinds/engine-kinds.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import type { Ingredient, Made } from "./lineage.ts";

/** How far a trace goes; `seen` holds the digests that are shown already. */
export interface Reach {
  readonly depth: number;
  readonly seen: Set<string>;
}

/** Which phase made an artifact, and what that was made of, over all runs that the gateway knows. */
export async function traceMade(gateway: Gateway, digest: string, { depth, seen }: Reach): Promise<Made | null> {
  if (depth === 0 || seen.has(digest)) return null;
  seen.add(digest);
  const told = (await gateway.history(digest, "artifact")).map(artifactOf);
  // The one that computed it; where its run is not known, one that took it over.
  const first = told.findLast(({ reused }) => reused === null) ?? told.at(-1);
  if (first === undefined) return null;
  const { run, phase, key, output, kind, step, time } = first;
  return {
    run,
    phase,
    key,
    output,
    kind,
    step: `${step.name} ${step.version}`,
    time,
    otherRuns: [...new Set(told.map((each) => each.run))].filter((each) => each !== run).sort(),
    inputs: await ingredients(gateway, instancePath(run, phase, key), { depth: depth - 1, seen }),
  };
}

async function ingredients(gateway: Gateway, subject: string, reach: Reach): Promise<readonly Ingredient[]> {
  const record = await gateway.latest(subject, "phase");
  if (record === undefined) return [];
  const { run, phase, key, inputs } = PhasePayload.parse(record.payload);
  const found: Ingredient[] = [];
  for (const [input, digests] of Object.entries(inputs)) {
    for (const digest of digests) {
      const uses = await gateway.query({
        subject: digest,
        kinds: ["lineage"],
        where: { run, phase, key, input },
        limit: 1,
      });
      const from = uses.records.map(({ payload }) => LineagePayload.parse(payload).from)[0];
      const path = from !== undefined && "path" in from ? from.path : null;
      found.push({ input, digest, path, made: await traceMade(gateway, digest, reach) });
    }
  }
  return found;
}

function artifactOf({ payload, time }: MetadataRecord) {
  return { ...ArtifactPayload.parse(payload), time };
}
