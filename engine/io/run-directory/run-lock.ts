import type { DatabaseSync as Database } from "node:sqlite";
import { errnoOf, ioWords } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { ensureWritable } from "../ensure-writable.ts";
import { SQLITE_BUSY, sqliteResult } from "../sqlite-result.ts";

/** A lock that is held until it is released, or its holder dies. */
export interface HeldLock {
  release(): void;
}

/** How long to wait, in milliseconds: whoever only looks whether a run is locked holds it for an instant. */
const PATIENCE = 200;

/**
 * Locks a file for this process: an exclusive SQLite transaction, which the kernel frees when the process dies, however
 * it does, so that nothing ever has to be taken over.
 *
 * @throws OrchestrateError `locked` (policy) where another process holds it; `not-permitted` (io) where this user may
 * not write the file; `disk-full` or `lock-failed` (io).
 */
export async function acquireLock(path: string, what: string): Promise<HeldLock> {
  const { DatabaseSync } = await import("node:sqlite");
  let database: Database | undefined;
  try {
    // What SQLite can only read, it locks against nobody.
    ensureWritable(path);
    database = new DatabaseSync(path, { timeout: PATIENCE });
    database.exec(LOCKING);
  } catch (error) {
    database?.close();
    if (!IN_THE_WAY.has(sqliteResult(error))) throw notLocked(path, error);
    throw new OrchestrateError(
      {
        error: "locked",
        category: "policy",
        detail: `${what} is being driven by another engine (${path} is locked).`,
        hint: "Wait for it to end, or stop it.",
      },
      { cause: error },
    );
  }
  const held = database;
  return { release: () => held.close() };
}

function notLocked(path: string, error: unknown): OrchestrateError {
  const errno = sqliteResult(error) === SQLITE_FULL ? "ENOSPC" : errnoOf(error);
  const { code, hint } = TOLD.has(errno) ? ioWords(errno) : { code: "lock-failed", hint: LOOK };
  const why = error instanceof Error ? error.message : String(error);
  return new OrchestrateError(
    { error: code, category: "io", detail: `Could not lock ${path}: ${why}.`, hint },
    { cause: error },
  );
}

const TOLD: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"]);

/**
 * Nothing is ever written, and so nothing has to reach the disk: a journal there would be synced as the lock is
 * released.
 */
const LOCKING =
  "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";

const LOOK = "See that this user may write there, on a disk of this machine that has room.";

const SQLITE_LOCKED = 6;
const SQLITE_FULL = 13;
const IN_THE_WAY: ReadonlySet<number> = new Set([SQLITE_BUSY, SQLITE_LOCKED]);
