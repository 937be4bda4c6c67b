import { accessSync, closeSync, constants, existsSync, openSync } from "node:fs";
import { errnoOf } from "@orchestrate/manifests";

/**
 * Makes a database's file where there is none, so that whoever else this user's umask allows may write it too: SQLite
 * would keep it to its maker. One that is there is looked at and not opened, since closing it would give up the locks
 * that this process has on it (fcntl_locking(2)).
 *
 * @throws Error of the file system where this user may not write it.
 */
export function ensureWritable(path: string): void {
  if (existsSync(path)) accessSync(path, constants.W_OK);
  else make(path);
}

function make(path: string): void {
  try {
    closeSync(openSync(path, "wx"));
  } catch (error) {
    // Another process may have made it meanwhile.
    if (errnoOf(error) !== "EEXIST") throw error;
    accessSync(path, constants.W_OK);
  }
}
