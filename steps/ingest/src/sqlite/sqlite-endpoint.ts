import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StepError } from "@orchestrate/sdk";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";
import { quoteName } from "../sql/quote.ts";
import { MEMORY, transactionWriter } from "../sql/transaction-writer.ts";
import { alterTable } from "./alter-table.ts";
import { describeTable } from "./describe-table.ts";
import { readTable } from "./read-table.ts";
import { sqliteConnection } from "./sqlite-connection.ts";

export interface SqliteOptions {
  readonly database?: string | undefined;
  readonly table: string;
  readonly busyTimeout: number;
}

/** A database that is wired is only read; one that is named by its path may be written as well. */
export function sqliteEndpoint(options: SqliteOptions): Endpoint {
  const { database, table } = options;
  return {
    label: `sqlite:${database ?? "input"}#${table}`,
    capabilities: {
      reads: "ranges",
      writes: database === undefined ? [] : ["full", "append", "scd1", "scd2"],
      reach: database === undefined ? "inputs" : "outside",
    },
    async testConnection(reach) {
      const path = pathOf(options, reach);
      if (path === undefined || !existsSync(path))
        return { ok: false, message: `There is no file at ${path}.`, version: null };
      try {
        using opened = new DatabaseSync(path, { readOnly: true });
        const version = String(opened.prepare("SELECT sqlite_version() AS version").get()?.version);
        opened.prepare("SELECT count(*) FROM sqlite_schema").get();
        return { ok: true, message: `${path} is a database.`, version };
      } catch (error) {
        return { ok: false, message: error instanceof Error ? error.message : String(error), version: null };
      }
    },
    open: async (reach) => open(options, reach),
  };
}

function pathOf({ database }: SqliteOptions, { project, input }: Reach): string | undefined {
  return database === undefined ? input : resolve(project, database);
}

function open(options: SqliteOptions, reach: Reach): OpenEndpoint {
  const path = pathOf(options, reach);
  if (path === undefined) {
    throw new StepError({
      error: "endpoint-without-place",
      category: "input",
      detail: `The endpoint sqlite of table "${options.table}" names no database, and none is wired.`,
      hint: "Give it the option database, or wire a database to the phase's input for this side.",
    });
  }
  const isWritten = options.database !== undefined && reach.output !== undefined;
  const db = openDatabase(path, options, isWritten ? "written" : "read");
  const describe = async () => describeTable(db, options.table);
  return {
    describe,
    read: (request) => readTable(db, options.table, request),
    ...(isWritten
      ? {
          writer: transactionWriter({
            connection: sqliteConnection(db),
            table: quoteName(options.table),
            memory: MEMORY,
            describe,
            alter: (before, after) => alterTable(db, options.table, before, after),
          }),
        }
      : {}),
    async [Symbol.asyncDispose]() {
      db.close();
    },
  };
}

/** One that is only read is neither made where it is missing nor changed in its kind of journal. */
function openDatabase(path: string, { busyTimeout }: SqliteOptions, use: "read" | "written"): DatabaseSync {
  try {
    const db = new DatabaseSync(path, { readOnly: use === "read", timeout: busyTimeout });
    // A power cut must not lose what the load has reported as committed.
    if (use === "written") db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    // A file that is no database is only noticed when it is read.
    db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
    return db;
  } catch (error) {
    throw new StepError(
      {
        error: "endpoint-unreachable",
        category: "io",
        detail: `The SQLite database ${path} can't be opened: ${missing(path, use) ?? (error instanceof Error ? error.message : String(error))}.`,
        hint: "Check its path and who may read it.",
      },
      { cause: error },
    );
  }
}

/** SQLite has one sentence for all that it can't open. */
function missing(path: string, use: "read" | "written"): string | undefined {
  if (!existsSync(dirname(path))) return "there is no such directory";
  return use === "read" && !existsSync(path) ? "there is no such file" : undefined;
}
