import { existsSync } from "node:fs";
import type { DatabaseSync as Database } from "node:sqlite";

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
    // SQLITE_BUSY, see sqlite.org/rescode.html.
    return ((error as { readonly errcode?: number }).errcode ?? 0) % 256 === 5;
  } finally {
    database?.close();
  }
}
