import { json, z } from "@orchestrate/sdk";
import type { HashMap } from "../map/hash-map.ts";
import { MAX_KEY_BYTES } from "../map/record.ts";
import { TABLE_KINDS } from "../map/table.ts";
import { tooLong } from "../map/too-long.ts";

const count = z.number().int().nonnegative();

/** The path that a lookup of a key takes through one table. */
export const ProbeTrace = z.strictObject({
  backend: z.enum(TABLE_KINDS),
  operation: z.enum(["get", "put"]),
  key: z.string(),
  /** 32 bits, as 8 hex digits. */
  hash: z.string(),
  found: z.boolean(),
  /**
   * Why it ends there: at the key (`match`), at a place where nobody stands (`empty`), at an entry closer to its home
   * than the key would be (`closer`), or behind the last entry of a list (`end`).
   */
  terminal: z.enum(["match", "empty", "closer", "end"]),
  /** What a put would do there. */
  effect: z.enum(["none", "insert", "replace"]),
  capacity: count,
  path: z.array(
    z.strictObject({
      step: count,
      slot: count,
      state: z.enum(["empty", "taken"]),
      /** The key that stands there. */
      key: z.string().nullable(),
      ideal_slot: count.nullable(),
      probe_distance: count.nullable(),
      matches: z.boolean(),
    }),
  ),
});
export type ProbeTrace = z.infer<typeof ProbeTrace>;

export const probesArtifact = json(
  "probes.json",
  z.strictObject({ schema: z.literal("hashmap.probes/1"), traces: z.array(ProbeTrace) }),
  { kind: "hashmap/probes" },
);

/** Follows a key through a map that is not migrating. @throws StepError `map-key-too-long` where it can't be put. */
export function probeTrace(map: HashMap, operation: ProbeTrace["operation"], key: string): ProbeTrace {
  const { kind, capacity } = map.table;
  const wanted = Buffer.from(key);
  if (operation === "put" && wanted.length > MAX_KEY_BYTES) throw tooLong("key", wanted.length, MAX_KEY_BYTES);
  const hash = map.hashOf(wanted);
  const path: ProbeTrace["path"] = [];
  for (const { slot, address, hash: stored, home } of map.table.path(hash)) {
    const there = address === 0 ? undefined : Buffer.from(map.keyAt(address));
    const matches = there?.equals(wanted) ?? false;
    path.push({
      step: path.length,
      slot,
      state: there === undefined ? "empty" : "taken",
      key: there?.toString() ?? null,
      ideal_slot: there === undefined ? null : home,
      probe_distance: there === undefined ? null : kind === "chaining" ? path.length : (slot - stored) & (capacity - 1),
      matches,
    });
    if (matches) break;
  }
  const last = path.at(-1);
  const found = last?.matches ?? false;
  const terminal = found ? "match" : kind === "chaining" ? "end" : last?.state === "empty" ? "empty" : "closer";
  const effect = operation === "get" ? "none" : found ? "replace" : "insert";
  return { backend: kind, operation, key, hash: hex(hash), found, terminal, effect, capacity, path };
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, "0");
}
