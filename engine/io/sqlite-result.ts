/**
 * SQLite's primary result code of an error (https://sqlite.org/rescode.html), whatever its extended one; 0 where it has
 * none.
 */
export function sqliteResult(error: unknown): number {
  const code = error instanceof Error && "errcode" in error ? error.errcode : 0;
  return typeof code === "number" ? code & 0xff : 0;
}

/** Another connection is in the way. */
export const SQLITE_BUSY = 5;
