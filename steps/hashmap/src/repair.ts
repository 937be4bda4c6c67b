import { defineStep, json, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { COMPRESSIONS } from "./snapshot/compression.ts";
import { encodeSnapshot } from "./snapshot/encode-snapshot.ts";
import { mapPayload } from "./snapshot/map-payload.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { repairPayload } from "./snapshot/repair-payload.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";

const count = z.number().int().nonnegative();

const Repair = z.strictObject({
  schema: z.literal("hashmap.repair/1"),
  faults: z.array(z.string()),
  kept: count,
  /** Entries left out because their key came again further back. */
  duplicates: count,
  /** Entries that were counted, and whose bytes were not there or more than a map holds. */
  lost: count,
});

export default defineStep({
  summary: "Makes a sound snapshot of one whose entries are not, and says what was left out.",
  config: z.strictObject({ compression: z.enum(COMPRESSIONS).default("zstd"), maxBytes: maxSnapshotBytes }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { snapshot: snapshotArtifact, repair: json("repair.json", Repair, { kind: "hashmap/repair" }) },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric, log }) {
    const { payload } = await readSnapshot(inputs.snapshot.path, config.maxBytes);
    const { map, faults, duplicates, lost } = repairPayload(payload, seeds.hash);
    await outputs.snapshot.write(encodeSnapshot(mapPayload(map, payload.options), config.compression));
    await outputs.repair.write({ schema: "hashmap.repair/1", faults: [...faults], kept: map.size, duplicates, lost });
    for (const fault of faults) log.warn(fault);
    metric("kept", map.size);
  },
});
