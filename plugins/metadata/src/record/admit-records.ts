import { canonicalJson } from "@orchestrate/manifests";
import { issueText, type OrchestrateError, z } from "@orchestrate/sdk";
import type { KindRegistry } from "../kinds/kind-registry.ts";
import { metadataError } from "../metadata-error.ts";
import { MetadataRecord } from "./metadata-record.ts";

/** A record as a database keeps it. */
export interface RecordRow {
  readonly key: string;
  readonly kind: string;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly producer: string;
  /** JSON text. */
  readonly payload: string;
}

/** Records that may be stored, and how many are too old for it. */
export interface Admitted {
  readonly rows: readonly RecordRow[];
  readonly expired: number;
}

/** Milliseconds. */
const DAY = 86_400_000;

/**
 * Checks records, each by its kind. @throws OrchestrateError as `Emitter.emitMany` says, naming the first that is
 * wrong.
 */
export function admitRecords(records: readonly MetadataRecord[], kinds: KindRegistry, now: number): Admitted {
  const rows: RecordRow[] = [];
  for (const [index, record] of records.entries()) {
    const row = rowOf(record, index, kinds);
    if (row.time >= oldest(kinds, row.kind, now)) rows.push(row);
  }
  return { rows, expired: records.length - rows.length };
}

/** Before this time, in milliseconds, records of the kind are not kept. */
export function oldest(kinds: KindRegistry, kind: string, now: number): number {
  const days = kinds.get(kind)?.retentionDays ?? null;
  return days === null ? Number.NEGATIVE_INFINITY : now - days * DAY;
}

function rowOf(record: MetadataRecord, index: number, kinds: KindRegistry): RecordRow {
  if (isDeeper(record, DEEPEST)) throw invalid(index, record, `it is nested deeper than ${DEEPEST} levels`);
  const parsed = MetadataRecord.safeParse(record);
  if (!parsed.success) throw invalid(index, record, issueText(parsed.error));
  const { key, kind, subject, time, producer, payload } = parsed.data;
  const known = kinds.get(kind);
  if (known === undefined) throw unknownKind(kind, kinds);
  const fitting = known.payload.safeParse(payload);
  if (!fitting.success) throw invalid(index, record, `its payload: ${issueText(fitting.error)}`);
  const text = JSON.stringify(payload);
  // PostgreSQL keeps neither, and all gateways take the same records.
  if (UNKEPT.test(text) || UNKEPT.test(JSON.stringify([key, subject, producer])))
    throw invalid(index, record, "it holds the character U+0000 or half of a surrogate pair");
  return { key, kind, subject, time: Date.parse(time), producer, payload: text };
}

/** An escape of U+0000 or of a lone surrogate, as JSON.stringify writes them: a backslash that no other one escapes. */
const UNKEPT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** What an error calls a record by, whatever else it is. */
const Named = z.object({ key: z.string().optional(), kind: z.string().optional() });

/** Levels of objects and lists in a record; SQLite answers no question about JSON of more than 1,000. */
const DEEPEST = 200;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

function invalid(index: number, record: unknown, why: string): OrchestrateError {
  const { key, kind } = Named.safeParse(record).data ?? {};
  const detail = `Record ${index + 1} (${kind ?? "of no kind"}, key ${key ?? "none"}) is not one: ${why}.`;
  return metadataError("metadata-record-invalid", detail, "Correct the record; none of its batch was stored.");
}

function unknownKind(kind: string, kinds: KindRegistry): OrchestrateError {
  return metadataError(
    "metadata-kind-unknown",
    `The gateway knows no kind "${kind}".`,
    `There are ${kinds.names().join(", ")}; others are added by the option \`kinds\`.`,
  );
}

/** What tells two records of one key apart: all but when they were told. */
export function isSameFact(one: RecordRow, other: RecordRow): boolean {
  return (
    one.kind === other.kind &&
    one.subject === other.subject &&
    (one.payload === other.payload ||
      canonicalJson(JSON.parse(one.payload)) === canonicalJson(JSON.parse(other.payload)))
  );
}

/** @throws OrchestrateError `metadata-key-conflict` */
export function refuseConflict({ key, kind, subject }: RecordRow): never {
  throw metadataError(
    "metadata-key-conflict",
    `The key "${key}" belongs to another record than this one (${kind} of ${subject}), with another payload.`,
    "Give each fact a key of its own; only the same fact, told again, has the same key.",
  );
}
