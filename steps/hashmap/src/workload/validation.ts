import { json, z } from "@orchestrate/sdk";

const count = z.number().int().nonnegative();

/** What a workload holds, read without a map. */
export const Validation = z.strictObject({
  schema: z.literal("hashmap.validation/1"),
  rows: count,
  size_bytes: count,
  size_mib: z.number(),
  ops_by_type: z.strictObject({ put: count, get: count, del: count }),
});

export const validationArtifact = json("validation.json", Validation, { kind: "hashmap/validation" });
