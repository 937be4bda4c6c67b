import { defineStep, json, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { readSnapshot } from "./snapshot/read-snapshot.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";
import { unsound } from "./snapshot/snapshot-error.ts";

const Verification = z.strictObject({ schema: z.literal("hashmap.verification/1"), entries: z.number().int() });

export default defineStep({
  summary: "Checks a snapshot: header, digest and entries, and every invariant of a map that is made of it.",
  config: z.strictObject({ maxBytes: maxSnapshotBytes }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { verification: json("verification.json", Verification, { kind: "hashmap/verification" }) },
  code: codeFiles,
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric }) {
    const { payload } = await readSnapshot(inputs.snapshot.path, config.maxBytes);
    const map = restoreMap(payload, payload.options, seeds.hash);
    const faults = map.faults();
    if (faults.length > 0) throw unsound(faults);
    await outputs.verification.write({ schema: "hashmap.verification/1", entries: map.size });
    metric("entries", map.size);
  },
});
