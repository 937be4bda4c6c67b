import { json, z } from "@orchestrate/sdk";

const Backend = z.enum(["chaining", "robin-hood", "adaptive"]);

export const BackendMeasurement = z.strictObject({
  backend: Backend,
  /** Over the rounds, in nanoseconds; one look at the clock included. */
  ns_per_op: z.strictObject({ median: z.number(), least: z.number(), most: z.number() }),
  p99_ns: z.number(),
  memory_bytes: z.number().int(),
  entries: z.number().int(),
  probes_mean: z.number(),
  migrations: z.number().int(),
});
export type BackendMeasurement = z.infer<typeof BackendMeasurement>;

/** What `hashmap/profile` found, `hashmap.profile/1`. */
export const ProfileReport = z.strictObject({
  schema: z.literal("hashmap.profile/1"),
  rows: z.number().int(),
  rounds: z.number().int(),
  measurements: z.array(BackendMeasurement),
  recommendation: z.strictObject({ backend: Backend, because: z.string() }),
});
export type ProfileReport = z.infer<typeof ProfileReport>;

export const profileArtifact = json("profile.json", ProfileReport, { kind: "hashmap/profile" });
