import { everyRecord } from "../every-record.ts";
import { instancePath } from "../follow/run-records.ts";
import type { Gateway } from "../gateway.ts";
import { LineagePayload, PhasePayload } from "../kinds/engine-kinds.ts";
import type { Product, Use } from "./lineage.ts";
import type { Extent } from "./trace-made.ts";

/**
 * Which phases used an artifact or a source, in whatever run, and what came of that. A use that was taken over is none.
 */
export async function traceUses(gateway: Gateway, digest: string, { depth, seen }: Extent): Promise<readonly Use[]> {
  if (depth === 0 || seen.has(digest)) return [];
  seen.add(digest);
  const uses: Use[] = [];
  for (const { payload, time } of (await everyRecord(gateway, { subject: digest, kinds: ["lineage"] })).toReversed()) {
    const { run, phase, key, input, step, reused } = LineagePayload.parse(payload);
    if (reused !== null) continue;
    const outputs = await products(gateway, instancePath(run, phase, key), { depth: depth - 1, seen });
    uses.push({ run, phase, key, input, step: `${step.name} ${step.version}`, time, outputs });
  }
  return uses;
}

async function products(gateway: Gateway, subject: string, extent: Extent): Promise<readonly Product[]> {
  const record = await gateway.latest(subject, "phase");
  if (record === undefined) return [];
  const products: Product[] = [];
  for (const [output, digest] of Object.entries(PhasePayload.parse(record.payload).outputs)) {
    products.push({ output, digest, uses: await traceUses(gateway, digest, extent) });
  }
  return products;
}
