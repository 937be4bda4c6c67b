import { everyRecord } from "../every-record.ts";
import { instancePath } from "../follow/run-records.ts";
import type { Gateway } from "../gateway.ts";
import { ArtifactPayload, LineagePayload, PhasePayload } from "../kinds/engine-kinds.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import type { Ingredient, Made } from "./lineage.ts";

/** How far a trace goes; `seen` holds the digests that are shown already. */
export interface Extent {
  readonly depth: number;
  readonly seen: Set<string>;
}

/** Which phase made an artifact, and what that was made of, over all runs that the gateway knows. */
export async function traceMade(gateway: Gateway, digest: string, { depth, seen }: Extent): Promise<Made | null> {
  if (depth === 0 || seen.has(digest)) return null;
  seen.add(digest);
  const told = (await everyRecord(gateway, { subject: digest, kinds: ["artifact"] })).map(artifactOf);
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

async function ingredients(gateway: Gateway, subject: string, extent: Extent): Promise<readonly Ingredient[]> {
  const record = await gateway.latest(subject, "phase");
  if (record === undefined) return [];
  const told = { ...PhasePayload.parse(record.payload), time: record.time };
  const found: Ingredient[] = [];
  for (const [input, digests] of Object.entries(told.inputs)) {
    for (const digest of digests) {
      const path = await pathOf(gateway, told, input, digest);
      found.push({ input, digest, path, made: await traceMade(gateway, digest, extent) });
    }
  }
  return found;
}

/** Where a phase's input lay, where that was outside the run. */
async function pathOf(
  gateway: Gateway,
  { run, phase, key, time }: PhasePayload & { readonly time: string },
  input: string,
  digest: string,
): Promise<string | null> {
  const { records } = await gateway.query({
    subject: digest,
    kinds: ["lineage"],
    where: { run, phase, key, input },
    // What a phase used is told of with the phase's time, which finds it among the thousands of uses that a source may
    // have.
    from: time,
    to: new Date(Date.parse(time) + 1).toISOString(),
    limit: 1,
  });
  const from = records.map(({ payload }) => LineagePayload.parse(payload).from)[0];
  return from !== undefined && "path" in from ? from.path : null;
}

function artifactOf({ payload, time }: MetadataRecord) {
  return { ...ArtifactPayload.parse(payload), time };
}
