import type { Log, Progress } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { Endpoint, OpenEndpoint } from "../endpoint/endpoint.ts";
import type { Applied, Change, Writer } from "../endpoint/writer.ts";
import type { StagingArea } from "../staging/staging.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { bringRows } from "./bring-rows.ts";
import type { LoadConfig } from "./load-config.ts";
import type { LoadReport } from "./load-report.ts";
import type { LoadState } from "./load-state.ts";
import { memoryName, recallCommit, remembered } from "./memory.ts";
import { prepareSchema } from "./prepare-schema.ts";
import { stagingArea } from "./staging-area.ts";
import { cursorOf, startingPoint } from "./starting-point.ts";

/** All that a load works with. */
export interface Load {
  readonly config: LoadConfig;
  readonly source: { readonly endpoint: Endpoint; readonly open: OpenEndpoint };
  readonly target: { readonly endpoint: Endpoint; readonly open: OpenEndpoint; readonly writer: Writer };
  readonly state: LoadState | undefined;
  readonly snapshot: TableSchema | undefined;
  readonly token: string;
  /** Equal in all runs of this load, and in no other's. */
  readonly series: string;
  readonly duckdb: DuckConnection;
  area(id: string): Promise<StagingArea>;
  readonly progress: Progress;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a load ends with. */
export interface Loaded {
  readonly state: LoadState;
  readonly report: LoadReport;
}

/**
 * Brings what has changed in the source into the target. Whatever kills it, the next attempt, or the next load, goes on
 * from what the target has committed; slices that were staged are not read again.
 */
export async function runLoad(load: Load): Promise<Loaded> {
  const { config, source, target, duckdb } = load;
  const commit = await recallCommit(load);
  if (commit !== undefined && commit.token === load.token) {
    if (cursorOf(config.changes) !== undefined) await (await stagingArea(load)).clear();
    return commit.loaded;
  }
  const before = startingPoint(load, commit?.loaded.state, await target.open.describe());
  const schema = await prepareSchema(load, before);
  const brought = await bringRows(load, before, schema);
  const state: LoadState = {
    schema: "orchestrate.ingest-state/1",
    source: source.endpoint.label,
    target: target.endpoint.label,
    watermark: brought.watermark,
    table: schema.source,
  };
  const loaded = (applied: Applied): Loaded => ({
    state,
    report: {
      schema: "orchestrate.ingest-report/1",
      source: state.source,
      target: state.target,
      strategy: config.strategy,
      mode: config.changes.mode,
      after: brought.after,
      upTo: brought.upTo,
      slices: [...brought.slices],
      read: brought.read ?? applied.written,
      ...applied,
      drift: [...schema.drift],
      precision: [...schema.precision],
    },
  });
  const change: Change = {
    strategy: config.strategy,
    schema: schema.target,
    lacking: schema.target.columns
      .map(({ name }) => name)
      .filter((name) => findColumn({ columns: schema.read }, name) === undefined),
    key: schema.key,
    rows: brought.rows,
    instant: config.strategy === "scd2" ? schema.cursor?.type : undefined,
    duckdb,
  };
  const applied = await commitChange(load, change, loaded);
  await brought.area?.clear();
  return loaded(applied);
}

async function commitChange(load: Load, change: Change, loaded: (applied: Applied) => Loaded): Promise<Applied> {
  const { writer } = load.target;
  const { token } = load;
  switch (writer.commits) {
    case "artifact":
      return writer.apply(change);
    case "transaction":
      return writer.apply(change, memoryName(load), (applied) => ({ token, memory: remembered(loaded(applied)) }));
    default:
      return writer satisfies never;
  }
}
