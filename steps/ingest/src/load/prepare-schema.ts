import { StepError } from "@orchestrate/sdk";
import { columnsKnown } from "../endpoint/columns-known.ts";
import { sourceMissing } from "../endpoint/source-missing.ts";
import { compareSchemas, type Drift } from "../guard/drift.ts";
import { guardPrecision, type PrecisionIssue, refuseFatal } from "../guard/precision.ts";
import { driftWords, refuseDrift } from "../guard/refuse-drift.ts";
import { withoutHistory } from "../sql/history.ts";
import { typeWords } from "../table/column-type.ts";
import { columnsEqual } from "../table/columns-equal.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { unifySchemas } from "../table/unify.ts";
import { adoptTypes } from "./adopt-types.ts";
import type { LoadConfig } from "./load-config.ts";
import { refuseLongNames } from "./refuse-long-names.ts";
import { refuseMixture } from "./refuse-mixture.ts";
import { refuseReserved } from "./refuse-reserved.ts";
import { refuseUnknownColumns } from "./refuse-unknown-columns.ts";
import type { Load } from "./run-load.ts";
import { cursorOf, type StartingPoint } from "./starting-point.ts";
import { canLag } from "./watermark.ts";

/** The columns of a load, after the guards. */
export interface LoadSchema {
  /** As the source has them: the next load's snapshot. */
  readonly source: TableSchema;
  /** The columns to read, with the types that they shall have. */
  readonly read: readonly Column[];
  /** The columns of the target, without those of a history. */
  readonly target: TableSchema;
  readonly key: readonly string[];
  readonly cursor: Column | undefined;
  readonly drift: readonly Drift[];
  readonly precision: readonly PrecisionIssue[];
}

/** Looks at the source, and refuses what policy or config do not allow, before a row is read. */
export async function prepareSchema(load: Load, { state, found }: StartingPoint): Promise<LoadSchema> {
  const { config, source, target: to, snapshot = state?.table, log } = load;
  const described = await source.open.describe();
  if (described === undefined) throw sourceMissing(source.endpoint.label);
  const before = snapshot ?? (found && withoutHistory(found));
  const known = columnsKnown(described, before, source.endpoint.label);
  refuseEqualNames(known);
  refuseUnknownColumns(config, known);
  const picked = await adoptTypes(load.duckdb, source.open.relation, pick(known, config.columns), before);
  refuseReserved(picked.columns, config);
  refuseLongNames(picked.columns, to.endpoint);
  refuseMixture({ strategy: config.strategy, source: picked, target: found, label: to.endpoint.label });
  const drift = snapshot === undefined ? [] : compareSchemas(snapshot, picked);
  refuseDrift(snapshot, drift, config.drift);
  for (const each of drift) log.warn(driftWords(each));
  const guarded = config.precision === undefined ? undefined : guardPrecision(picked, config.precision);
  if (guarded !== undefined) refuseFatal(guarded);
  const read = guarded?.schema ?? picked;
  const loaded = { ...read, columns: read.columns.filter(({ name }) => !isOfLog(name, config)) };
  const target = found === undefined ? loaded : unifySchemas(withoutHistory(found), loaded);
  const key = keyOf(config, picked, found);
  const cursor = cursorColumn(config, read, source.endpoint.label);
  if (cursor?.type.type === "text" || cursor?.type.type === "other")
    log.warn(
      `The cursor "${cursor.name}" is ${typeWords(cursor.type)}: it goes on by the order of its letters, in which 9 follows 10.`,
    );
  return { source: picked, read: read.columns, target, key, cursor, drift, precision: guarded?.issues ?? [] };
}

/** A changelog's own columns do not belong to the table that it tells of. */
function isOfLog(name: string, { changes }: LoadConfig): boolean {
  return changes.mode === "changelog" && [changes.sequence, changes.operation].includes(name);
}

function pick(schema: TableSchema, names: readonly string[] | undefined): TableSchema {
  if (names === undefined) return schema;
  return { ...schema, columns: names.map((name) => findColumn(schema, name)!) };
}

function keyOf(config: LoadConfig, schema: TableSchema, found: TableSchema | undefined): readonly string[] {
  // What is appended may hold a key of the source several times.
  const wanted = config.key.length > 0 || config.strategy === "append" ? config.key : schema.key;
  if (wanted.length === 0 && (config.strategy === "scd1" || config.strategy === "scd2")) {
    throw new StepError({
      error: "key-missing",
      category: "input",
      detail: `The strategy ${config.strategy} tells rows apart by a key, and neither the config nor the source names one.`,
      hint: "Set key to the columns that tell rows apart.",
    });
  }
  const lag = "lag" in config.changes ? config.changes.lag : 0;
  if (wanted.length === 0 && config.strategy === "append" && lag > 0) {
    throw new StepError({
      error: "key-missing",
      category: "input",
      detail: "With a lag rows are read again, and append without a key would add them twice.",
      hint: "Set key, or set changes.lag to 0.",
    });
  }
  const columns = wanted.map((name) => findColumn(schema, name)!);
  for (const column of columns) refuseUnordered(column, "key");
  return columns.map(({ name }) => (found && findColumn(found, name)?.name) ?? name);
}

function cursorColumn({ changes }: LoadConfig, schema: TableSchema, label: string): Column | undefined {
  const name = cursorOf(changes);
  if (name === undefined) return undefined;
  const column = findColumn(schema, name)!;
  refuseUnordered(column, "changes");
  if ("lag" in changes && changes.lag > 0 && !canLag(column.type)) {
    throw new StepError({
      error: "lag-unsuitable",
      category: "input",
      detail: `The cursor "${name}" of ${label} is ${column.type.type}, from which no lag can be taken off.`,
      hint: "Set changes.lag to 0, or choose a cursor of numbers or times.",
    });
  }
  return column;
}

/** Documents and bytes are neither equal nor ordered alike in all engines. */
function refuseUnordered({ name, type }: Column, field: string): void {
  if (type.type !== "json" && type.type !== "binary") return;
  throw new StepError({
    error: "column-unsuitable",
    category: "input",
    detail: `The config names the column "${name}" in ${field}, which is ${type.type}: rows can't be told apart or ordered by it.`,
    hint: "Name another column, or load from a view that shows it as text.",
  });
}

function refuseEqualNames({ columns }: TableSchema): void {
  const names = columns.map(({ name }) => name.toLowerCase());
  const twice = columns.find((_, at) => names.indexOf(names[at]!) !== at);
  if (twice !== undefined) throw columnsEqual(twice.name);
}
