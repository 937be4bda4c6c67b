import { type DirectoryOutput, defineToken, type Log, type Token } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { Row, Value } from "../table/row.ts";
import type { TableSchema } from "../table/table-schema.ts";
import type { Dialect } from "../table/type-name.ts";
import type { Writer } from "./writer.ts";

/** What an endpoint is opened with: all that the step lets it reach. */
export interface Reach {
  /** The pipeline's directory, from which relative paths in options start. */
  readonly project: string;
  /** The phase's secrets by name; options name them, and never hold them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Absolute path of the artifact that is wired to this side, a file or a directory. */
  readonly input: string | undefined;
  /** The output that a target which is an artifact is written to; undefined where this side is only read. */
  readonly output: DirectoryOutput | undefined;
  readonly duckdb: DuckConnection;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Rows whose `column` lies behind `after` (exclusive) up to `upTo` (inclusive); a missing bound is none. */
export interface Range {
  readonly column: string;
  readonly after: Value;
  readonly upTo: Value;
}

/** Rows whose columns hold one of these sets of values. */
export interface Keys {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export interface ReadRequest {
  /** Names of columns, in the order in which rows hold them. */
  readonly columns: readonly string[];
  /** A hint: rows outside may be given; rows inside, and rows where the column is null, may not be missing. */
  readonly range?: Range | undefined;
  /** A hint of the same kind. */
  readonly keys?: Keys | undefined;
  /** At most so many rows. */
  readonly limit?: number | undefined;
}

/** What an endpoint can do, so that steps can refuse or take a longer way before anything is read. */
export interface Capabilities {
  /**
   * `ranges`: heeds range and keys of a read. `whole`: reads all, and so is read once however many slices there are.
   */
  readonly reads: "ranges" | "whole";
  /** Strategies by which it can be loaded; empty where it is only a source. */
  readonly writes: readonly Strategy[];
  /** `inputs`: reads nothing but what is wired, which the fingerprint covers. `outside`: it may change at any time. */
  readonly reach: "inputs" | "outside";
  /** The longest name of a column, in bytes of UTF-8, where there is one. */
  readonly longestName?: number;
}

/** How rows change a target: replaced in whole, added, merged by key, or kept as history. */
export type Strategy = "full" | "append" | "scd1" | "scd2";

/** What `testConnection` found. */
export interface ConnectionReport {
  readonly ok: boolean;
  /** What was found, or why it can't be reached. Never holds a credential. */
  readonly message: string;
  readonly version: string | null;
}

/** One table that can be read, and perhaps written. */
export interface OpenEndpoint extends AsyncDisposable {
  /** The columns and key; undefined where the table does not exist (yet). */
  describe(): Promise<TableSchema | undefined>;
  read(request: ReadRequest): AsyncIterable<readonly Row[]>;
  /** What DuckDB can read by itself, as `read_parquet('…')`, in place of `read`. */
  readonly relation?: string;
  /** Runs a query of this engine's own SQL where that can take work off: `from` is the table in it. */
  readonly pushdown?: Pushdown;
  /** How the table is changed; absent where `writes` is empty. */
  readonly writer?: Writer;
}

/** A database that answers queries about its table by itself. */
export interface Pushdown {
  readonly dialect: Dialect;
  readonly from: string;
  /** The rows of a small result; every column must be text, bigint or null. */
  query(sql: string): Promise<readonly Row[]>;
}

/**
 * A table somewhere: a source, a target, or both. A third party adds one with a single file, whose default export is
 * `defineService({ token: Source, … })`, and lists it in package.json under `ingest/source`, `ingest/target` or both.
 */
export interface Endpoint {
  /** What it is, for people and for lineage, without credentials: `sqlite:shop.db#orders`. */
  readonly label: string;
  readonly capabilities: Capabilities;
  /** Looks whether it can be reached; never throws for a place that can't be. */
  testConnection(reach: Reach): Promise<ConnectionReport>;
  /** @throws StepError where it can't be reached, or what is wired does not suit it. */
  open(reach: Reach): Promise<OpenEndpoint>;
}

/** Where rows come from. */
export const Source: Token<Endpoint> = defineToken<Endpoint>("ingest/source");

/** Where rows go to; for `ingest/reconcile`, what is compared with the source. */
export const Target: Token<Endpoint> = defineToken<Endpoint>("ingest/target");
