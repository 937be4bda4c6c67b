import { OrchestrateError } from "@orchestrate/sdk";

/** A lock that is held until it is released, or its holder dies. */
export interface HeldLock {
  release(): void;
}

/**
 * Locks a file for this process: an exclusive SQLite transaction, which the kernel frees when the process dies, however
 * it does, so that nothing ever has to be taken over.
 *
 * @throws OrchestrateError `locked` (policy) where another process holds it.
 */
export async function acquireLock(path: string, what: string): Promise<HeldLock> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
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
  return { release: () => database.close() };
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  // SQLITE_BUSY and SQLITE_LOCKED, see sqlite.org/rescode.html.
  return code !== undefined && ((code & 0xff) === 5 || (code & 0xff) === 6);
}
