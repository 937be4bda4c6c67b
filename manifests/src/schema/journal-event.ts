import { z } from "zod";
import { Digest } from "./digest.ts";

const at = { v: z.literal(1), time: z.iso.datetime() };
const instance = { phase: z.string(), key: z.string().nullable() };
const attempt = { ...instance, attempt: z.number().int().positive() };

/** What went wrong, as printed. */
export const ErrorRecord = z.strictObject({
  error: z.string(),
  category: z.enum(["failed", "input", "invariant", "policy", "io", "interrupted"]),
  detail: z.string(),
  hint: z.string(),
});

/**
 * One line of events.ndjson. Fields are only ever added within version 1; readers skip types they do not know. Made
 * when it is first used.
 */
export const JournalEvent = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.strictObject({
      ...at,
      type: z.literal("run-started"),
      run: z.string(),
      pipeline: z.string(),
      resumed: z.boolean(),
      pid: z.number().int(),
    }),
    z.strictObject({ ...at, type: z.literal("phase-expanded"), phase: z.string(), keys: z.array(z.string()) }),
    z.strictObject({ ...at, type: z.literal("attempt-started"), ...attempt, fingerprint: Digest }),
    z.strictObject({
      ...at,
      type: z.literal("progress"),
      ...attempt,
      done: z.number(),
      total: z.number(),
      message: z.string().optional(),
    }),
    z.strictObject({
      ...at,
      type: z.literal("metric"),
      ...attempt,
      name: z.string(),
      value: z.number(),
      step: z.number().optional(),
    }),
    z.strictObject({ ...at, type: z.literal("checkpoint-saved"), ...attempt, digest: Digest, size: z.number().int() }),
    z.strictObject({
      ...at,
      type: z.literal("attempt-failed"),
      ...attempt,
      error: ErrorRecord,
      retry_in_ms: z.number().nullable(),
    }),
    z.strictObject({
      ...at,
      type: z.literal("phase-committed"),
      ...attempt,
      manifest: Digest,
      reason: z.enum(["computed", "reused", "rolled-forward", "already-committed"]),
      duration_ms: z.number(),
      /** The run it was reused from. */
      from: z.string().optional(),
      /** What lay beside the declared outputs, and was deleted: how many entries, and the first names. */
      undeclared: z.strictObject({ count: z.number().int().positive(), names: z.array(z.string()) }).optional(),
    }),
    z.strictObject({
      ...at,
      type: z.literal("phase-skipped"),
      ...instance,
      reason: z.enum(["blocked", "not-enabled", "interrupted"]),
      by: z.string().nullable(),
    }),
    z.strictObject({
      ...at,
      type: z.literal("phase-failed"),
      ...instance,
      /** The item of the fan-out that made this instance. */
      item: z.unknown().optional(),
      error: ErrorRecord,
    }),
    z.strictObject({ ...at, type: z.literal("published"), ...instance, to: z.string() }),
    z.strictObject({
      ...at,
      type: z.literal("run-finished"),
      outcome: z.enum(["succeeded", "failed", "interrupted"]),
      run_hash: Digest.nullable(),
    }),
  ]),
);

export type ErrorRecord = z.infer<typeof ErrorRecord>;
export type JournalEvent = z.infer<typeof JournalEvent>;
