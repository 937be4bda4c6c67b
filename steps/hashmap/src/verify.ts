import { defineStep, json, StepError, z } from "@orchestrate/sdk";
import { decodeSnapshot } from "./snapshot/decode-snapshot.ts";
import { restoreMap } from "./snapshot/restore-map.ts";
import { maxSnapshotBytes, snapshotArtifact } from "./snapshot/snapshot-artifact.ts";
import { payloadFaults } from "./snapshot/snapshot-payload.ts";

const Verification = z.strictObject({ schema: z.literal("hashmap.verification/1"), entries: z.number().int() });

export default defineStep({
  summary: "Checks a snapshot: header, digest and entries, and every invariant of a map that is made of it.",
  config: z.strictObject({ maxBytes: maxSnapshotBytes }),
  inputs: { snapshot: snapshotArtifact },
  outputs: { verification: json("verification.json", Verification, { kind: "hashmap/verification" }) },
  seeds: ["hash"],
  async run({ config, inputs, outputs, seeds, metric }) {
    const { payload } = decodeSnapshot(await inputs.snapshot.bytes(), config.maxBytes);
    refuse(payloadFaults(payload));
    const map = restoreMap(payload, payload.options, seeds.hash);
    refuse(map.faults());
    await outputs.verification.write({ schema: "hashmap.verification/1", entries: map.size });
    metric("entries", map.size);
  },
});

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : "";
  throw new StepError({
    error: "snapshot-unsound",
    category: "invariant",
    detail: `The snapshot is not sound: ${faults.slice(0, 5).join("; ")}${more}.`,
    hint: "hashmap/repair keeps what can be kept.",
  });
}
