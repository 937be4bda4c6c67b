import { databaseRefused } from "../sql/database-refused.ts";

/** What SQLite throws, as an error for people; everything else as it is. */
export function sqliteRefusal(error: unknown): unknown {
  const { code, errcode, message } = error as Error & { readonly code?: string; readonly errcode?: number };
  if (code !== "ERR_SQLITE_ERROR" || errcode === undefined) return error;
  // The low byte is the primary code (https://sqlite.org/rescode.html).
  const primary = errcode & 0xff;
  const category = OUTSIDE.has(primary) ? "io" : "failed";
  const hint =
    primary === BUSY
      ? "Raise the endpoint's busyTimeout, or let phases that write to it follow each other by after."
      : undefined;
  return databaseRefused({ engine: "SQLite", words: message, category, hint }, error);
}

const BUSY = 5;

/** BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN and NOTADB. */
const OUTSIDE: ReadonlySet<number> = new Set([5, 6, 8, 10, 11, 13, 14, 26]);
