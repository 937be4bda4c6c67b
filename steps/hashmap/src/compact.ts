import { defineStep, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { COMPRESSIONS } from "./snapshot/compression.ts";
import { encodeSnapshot } from "./snapshot/encode-snapshot.ts";
import { mapPayload } from "./snapshot/map-payload.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";
import { HEADER_BYTES } from "./snapshot/snapshot-header.ts";

export default defineStep({
  summary: "Writes a snapshot anew from a compacted map, packed as it is asked for.",
  config: z.strictObject({ compression: z.enum(COMPRESSIONS).default("zstd"), maxBytes: maxSnapshotBytes }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { snapshot: snapshotArtifact },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric }) {
    const { header, payload } = await readSnapshot(inputs.snapshot.path, config.maxBytes);
    const map = restoreMap(payload, payload.options, seeds.hash);
    map.compact();
    const after = encodeSnapshot(mapPayload(map, payload.options), config.compression);
    await outputs.snapshot.write(after);
    metric("bytes_before", HEADER_BYTES + header.payloadBytes);
    metric("bytes_after", after.length);
  },
});
