import type { Store } from "./store.ts";

/** Values of plain JSON by kind and key. */
export class KeptValues {
  readonly #store: Store;
  readonly #kind: "contract" | "code" | "source";
  readonly #pending = new Map<string, unknown>();

  constructor(store: Store, kind: "contract" | "code" | "source") {
    this.#store = store;
    this.#kind = kind;
  }

  get(key: string): unknown {
    if (this.#pending.has(key)) return this.#pending.get(key);
    const row = this.#store.get("SELECT value FROM kept WHERE kind = ? AND key = ?", this.#kind, key);
    return row === undefined ? undefined : JSON.parse(String(row[0]));
  }

  put(key: string, value: unknown): void {
    this.#pending.set(key, value);
  }

  /** To be called in a transaction. */
  write(): void {
    for (const [key, value] of this.#pending) {
      this.#store.run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", this.#kind, key, JSON.stringify(value));
    }
  }

  /** To be called once the transaction is through. */
  written(): void {
    this.#pending.clear();
  }
}
