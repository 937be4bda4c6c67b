import { existsSync } from "node:fs";
import type { DatabaseSync as Database } from "node:sqlite";
import { SQLITE_BUSY, sqliteResult } from "../sqlite-result.ts";

/**
 * Whether an engine holds the lock at a path (see `acquireLock`). It looks with a shared lock of its own that it gives
 * back at once, and makes no file. One that can't be looked at counts as free.
 */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  let database: Database | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    database.prepare("SELECT count(*) FROM sqlite_master").get();
    return false;
  } catch (error) {
    return sqliteResult(error) === SQLITE_BUSY;
  } finally {
    database?.close();
  }
}
