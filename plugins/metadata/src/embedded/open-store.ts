import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { metadataError } from "../metadata-error.ts";

/** What a file of this package's holds. */
export interface StoreSchema {
  readonly version: number;
  readonly sql: string;
}

/** How long to wait for another process that writes, in milliseconds. */
const BUSY = 10_000;

/** Of pages in memory, in KiB. */
const CACHE = 32_768;

/**
 * Pages of 4 KiB in the log until they are brought over: more at once are fewer in all, since batches touch the same
 * ones. Beyond this many it gains no more (bench/metadata).
 */
const CHECKPOINT = 16_000;

/**
 * Opens a SQLite file, made where it is not there yet, so that what is committed is durable through a loss of power
 * (https://sqlite.org/pragma.html#pragma_synchronous: in WAL mode only FULL syncs the log at every commit).
 *
 * @throws OrchestrateError (io) `metadata-unreachable`; (input) `metadata-store-newer`.
 */
export function openStore(file: string, schema: StoreSchema): DatabaseSync {
  return reaching(file, () => {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file, { timeout: BUSY });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec(`PRAGMA cache_size = -${CACHE}; PRAGMA wal_autocheckpoint = ${CHECKPOINT};`);
    if (versionOf(database) === 0) create(database, schema);
    const version = versionOf(database);
    if (version > schema.version) throw newer(file, version, schema.version);
    return database;
  });
}

/** Two processes may come here at once: the version is read again once no other can write. */
function create(database: DatabaseSync, { version, sql }: StoreSchema): void {
  database.exec("BEGIN IMMEDIATE");
  if (versionOf(database) === 0) database.exec(`${sql} PRAGMA user_version = ${version};`);
  database.exec("COMMIT");
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

function newer(file: string, version: number, known: number) {
  const detail = `${file} has version ${version} of its tables; this package knows version ${known}.`;
  return metadataError("metadata-store-newer", detail, "Install the newer @orchestrate/metadata that wrote it.");
}

/** Runs what works with a file; what SQLite says of the disk or of other processes becomes `metadata-unreachable`. */
export function reaching<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_SQLITE_ERROR" && !/^E[A-Z]+$/.test(code ?? "")) throw error;
    throw metadataError(
      "metadata-unreachable",
      `${file} can't be read or written: ${message}.`,
      "See whether the disk is full or the file damaged; runs are not affected, and `orchestrate metadata rebuild` makes it anew.",
      { cause: error },
    );
  }
}

/** Runs `write` in a transaction, which is rolled back where it throws, or `commit` does. */
export function inTransaction<T>(database: DatabaseSync, write: () => T, commit = () => database.exec("COMMIT")): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = write();
    commit();
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
