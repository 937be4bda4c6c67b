import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { SQLITE_BUSY, sqliteResult } from "../sqlite-result.ts";
import { discardDatabase, openDatabase } from "./open-database.ts";

export type StoreRow = readonly SQLOutputValue[];

/** How long to wait for another process that writes the index, in milliseconds. */
export const BUSY_MS = 2_000;

/**
 * The database of an index. It is a cache, so no failure of it is an error: one that can't be opened, is damaged or of
 * another version is made anew or, where that can't be, lives in memory; one that breaks while in use answers nothing
 * from then on and is deleted at the end, unless another process has it open.
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
    } catch (error) {
      this.#broken = sqliteResult(error) !== SQLITE_BUSY;
      return [];
    }
  }

  get(sql: string, ...values: readonly SQLInputValue[]): StoreRow | undefined {
    return this.all(sql, ...values)[0];
  }

  run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
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
    if (this.#broken) discardDatabase(this.#file);
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
