import { join } from "node:path";
import { INDEX_FILE } from "./index-file.ts";
import type { PackedLooks } from "./looks.ts";
import { BUSY_MS, Store } from "./store.ts";

/** What was found when a complete run held all that was asked for. */
export interface HeldRequest {
  readonly run: string;
  /** Plain JSON: what the answer rests on besides files, and what is told of it. */
  readonly basis: string;
  /** What the sources, manifests and artifacts looked like. */
  readonly looks: PackedLooks;
}

/** So many requests are remembered; of a large pipeline one takes some megabytes. */
const KEPT = 8;

/**
 * What is remembered of a request that a complete run held, by the request's digest. The rest of the index is neither
 * read nor made to agree with the runs that are there: whether the answer still holds, what it rests on tells.
 */
export function heldRequest(runsDir: string, request: string): HeldRequest | undefined {
  const store = new Store(join(runsDir, INDEX_FILE), BUSY_MS);
  try {
    const sql = `SELECT held.run, basis, paths, numbers FROM held JOIN runs ON runs.run = held.run
      WHERE request = ? AND complete = 1`;
    const [run, basis, paths, numbers] = store.get(sql, request) ?? [];
    if (!(numbers instanceof Uint8Array)) return undefined;
    return { run: String(run), basis: String(basis), looks: { paths: String(paths), numbers } };
  } finally {
    store.close();
  }
}

/** Requests that some run holds, by digest of all that was asked. */
export class HeldRequests {
  readonly #store: Store;
  readonly #pending = new Map<string, HeldRequest>();

  constructor(store: Store) {
    this.#store = store;
  }

  put(request: string, held: HeldRequest): void {
    this.#pending.set(request, held);
  }

  /** To be called in a transaction. */
  write(): void {
    if (this.#pending.size === 0) return;
    for (const [request, { run, basis, looks }] of this.#pending) {
      this.#store.run("DELETE FROM held WHERE request = ?", request);
      const sql = "INSERT INTO held (request, run, basis, paths, numbers) VALUES (?, ?, ?, ?, ?)";
      this.#store.run(sql, request, run, basis, looks.paths, looks.numbers);
    }
    this.#store.run("DELETE FROM held WHERE id NOT IN (SELECT id FROM held ORDER BY id DESC LIMIT ?)", KEPT);
  }

  /** To be called once the transaction is through. */
  written(): void {
    this.#pending.clear();
  }
}
