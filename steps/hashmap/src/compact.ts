import { defineStep, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { COMPRESSIONS } from "./snapshot/compression.ts";
import { decodeSnapshot } from "./snapshot/decode-snapshot.ts";
import { encodeSnapshot } from "./snapshot/encode-snapshot.ts";
import { mapPayload } from "./snapshot/map-payload.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";

export default defineStep({
  summary: "Writes a snapshot anew from a compacted map, packed as it is asked for.",
  config: z.strictObject({ compression: z.enum(COMPRESSIONS).default("zstd"), maxBytes: maxSnapshotBytes }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { snapshot: snapshotArtifact },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric }) {
    const before = await inputs.snapshot.bytes();
    const { payload } = decodeSnapshot(before, config.maxBytes);
    const map = restoreMap(payload, payload.options, seeds.hash);
    map.compact();
    const after = encodeSnapshot(mapPayload(map, payload.options), config.compression);
    await outputs.snapshot.write(after);
    metric("bytes_before", before.length);
    metric("bytes_after", after.length);
  },
});
