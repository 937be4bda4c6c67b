import { createHash } from "node:crypto";
import { castList } from "../sql/typed.ts";
import type { StagingArea } from "../staging/staging.ts";
import { toMilliseconds } from "../table/instant.ts";
import { DELTA, makeDelta } from "./delta.ts";
import { extract } from "./extract.ts";
import type { Extraction } from "./extraction.ts";
import { keySweep } from "./key-sweep.ts";
import type { Slice } from "./plan-slices.ts";
import type { LoadSchema } from "./prepare-schema.ts";
import { refuseNullKeys } from "./refuse-null-keys.ts";
import { refuseRepeatedKeys } from "./refuse-repeated-keys.ts";
import type { Load } from "./run-load.ts";
import { SPOOL, spool } from "./spool.ts";
import { stagingArea } from "./staging-area.ts";
import type { StartingPoint } from "./starting-point.ts";
import { canLag, startOf, type Watermark, watermarkOf } from "./watermark.ts";

/** The rows of a load, ready to be applied. */
export interface Brought {
  /** Name of the table or view with the rows, as `Change` wants it. */
  readonly rows: string;
  readonly watermark: Watermark | null;
  readonly after: string | null;
  readonly upTo: string | null;
  readonly slices: readonly Slice[];
  /** How many rows the source gave; undefined where only the commit will tell. */
  readonly read: number | undefined;
  /** Where slices are staged. */
  readonly area: StagingArea | undefined;
}

/** Reads what has changed since the starting point. */
export async function bringRows(load: Load, before: StartingPoint, schema: LoadSchema): Promise<Brought> {
  const { cursor } = schema;
  return cursor === undefined ? bringAll(load, schema) : bringChanges(load, before, schema, cursor);
}

/** Everything, without a copy where DuckDB can read the source by itself. */
async function bringAll({ config, source, duckdb }: Load, { read, target, key }: LoadSchema): Promise<Brought> {
  const from = source.open.relation ?? SPOOL;
  if (source.open.relation === undefined) await spool(duckdb, source.open, read, "TRUE");
  const list = castList(target.columns, read);
  await duckdb.run(
    `CREATE VIEW ${DELTA} AS SELECT ${list}, FALSE AS _ingest_deleted, CAST(0 AS BIGINT) AS _ingest_order FROM ${from}`,
  );
  if (config.strategy === "scd1") {
    await refuseNullKeys(duckdb, DELTA, key);
    await refuseRepeatedKeys(duckdb, DELTA, key);
  }
  return { rows: DELTA, watermark: null, after: null, upTo: null, slices: [], read: undefined, area: undefined };
}

async function bringChanges(
  load: Load,
  { state, found }: StartingPoint,
  schema: LoadSchema,
  cursor: NonNullable<LoadSchema["cursor"]>,
): Promise<Brought> {
  const { config, source, target, duckdb } = load;
  const { changes } = config;
  const mark = state?.watermark ?? null;
  const lag = "lag" in changes ? changes.lag : 0;
  const start = mark === null || mustReadAgain(load, schema) ? null : startOf(mark, lag);
  const after = start === null ? null : String(start);
  const area = await stagingArea(load);
  const extraction: Extraction = {
    source: source.open,
    label: source.endpoint.label,
    reads: source.endpoint.capabilities.reads,
    columns: schema.read,
    cursor,
    after,
    limits: config.slices,
    duckdb,
    area,
    origin: originOf(load, schema, after),
    progress: load.progress,
    signal: load.signal,
  };
  const isSwept = changes.mode === "cursor+key-sweep";
  if (isSwept && extraction.reads === "whole") await spool(duckdb, source.open, schema.read, "TRUE");
  const { upTo, slices, rows, count, isSpooled } = await extract(extraction, lag);
  const { columns } = schema.target;
  await makeDelta(duckdb, {
    rows,
    read: schema.read,
    columns,
    key: schema.key,
    cursor,
    changes,
    strategy: config.strategy,
    isFinal: isSpooled && !isSwept,
  });
  const watermark = upTo === null ? mark : furthest(mark, watermarkOf(cursor.name, cursor.type, upTo));
  const fetched = isSwept
    ? await keySweep({
        extraction,
        target: target.open,
        found,
        columns,
        key: schema.key,
        instant: watermark?.value ?? null,
      })
    : 0;
  return { rows: DELTA, watermark, after, upTo, slices, read: count + fetched, area };
}

/** A column that is new has values in rows that did not change otherwise. */
function mustReadAgain({ config }: Load, { drift }: LoadSchema): boolean {
  const isMerged = config.strategy === "scd1" || config.strategy === "scd2";
  return isMerged && config.changes.mode !== "changelog" && drift.some(({ kind }) => kind === "new");
}

/** With a lag all rows behind the start may be older than the mark. */
function furthest(mark: Watermark | null, reached: Watermark | null): Watermark | null {
  if (mark === null || reached === null) return reached ?? mark;
  return isBehind(reached, mark) ? mark : reached;
}

/** Of types that know no lag all that was read lies beyond the mark. */
function isBehind(reached: Watermark, { type, value }: Watermark): boolean {
  if (!canLag(type)) return false;
  if (type.type === "integer") return BigInt(reached.value) < BigInt(value);
  if (type.type === "float") return Number(reached.value) < Number(value);
  const [at, mark] = [toMilliseconds(reached.value), toMilliseconds(value)];
  return at === mark ? reached.value < value : at < mark;
}

/** Equal for attempts, and runs, that read the same columns from the same start. */
function originOf({ config }: Load, { read }: LoadSchema, after: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([config.changes, config.slices, read, after]))
    .digest("hex");
}
