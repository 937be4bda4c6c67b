import { rmSync } from "node:fs";
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { schema, schemaVersion } from "./schema.ts";

export type StoreRow = readonly SQLOutputValue[];

/**
 * The database of an index. It is a cache, so no failure of it is an error: one that can't be opened, is damaged or of
 * another version is deleted and made anew; where the disk does not allow that, it lives in memory; one that breaks
 * while in use answers nothing from then on and is deleted at the end.
 */
export class Store {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #broken = false;

  /** @param busyMs how long to wait for another process that writes. */
  constructor(file: string, busyMs: number) {
    this.#file = file;
    this.#database = openDatabase(file, busyMs);
  }

  /** The rows of a query, as arrays. */
  all(sql: string, ...values: readonly SQLInputValue[]): readonly StoreRow[] {
    if (this.#broken) return [];
    try {
      return this.#prepare(sql).all(...values) as unknown as readonly StoreRow[];
    } catch {
      this.#broken = true;
      return [];
    }
  }

  get(sql: string, ...values: readonly SQLInputValue[]): StoreRow | undefined {
    return this.all(sql, ...values)[0];
  }

  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  /**
   * Runs `write` in a transaction.
   *
   * @returns whether it was written; not where another process writes for long, or where the disk is full.
   */
  transaction(write: () => void): boolean {
    if (this.#broken) return false;
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      write();
      this.#database.exec("COMMIT");
      return true;
    } catch {
      this.#rollBack();
      return false;
    }
  }

  close(): void {
    try {
      this.#database.close();
    } catch {
      this.#broken = true;
    }
    if (this.#broken) remove(this.#file);
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    } catch {
      this.#broken = true;
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function openDatabase(file: string, busyMs: number): DatabaseSync {
  return tryOpen(file, busyMs) ?? (remove(file) ? tryOpen(file, busyMs) : undefined) ?? inMemory();
}

/** Undefined where the file is damaged, of another version, or can't be written. */
function tryOpen(file: string, busyMs: number): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    database = new DatabaseSync(file, { timeout: busyMs });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;");
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    if (version === 0) database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
    if (version === 0 || version === schemaVersion) return database;
  } catch {
    // What is wrong does not matter: the answer is to make it anew.
  }
  closeQuietly(database);
  return undefined;
}

function inMemory(): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  return database;
}

function closeQuietly(database: DatabaseSync | undefined): void {
  try {
    database?.close();
  } catch {
    // It was never open.
  }
}

/** Whether the files are gone. */
function remove(file: string): boolean {
  try {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
    return true;
  } catch {
    return false;
  }
}
