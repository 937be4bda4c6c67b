import type { KeyGroup } from "./key-spread.ts";

const BITS = 2 ** 22;

/**
 * Counts keys: exactly while there are no more than `limit` of them. Beyond that a new key takes one from the count of
 * all, and those that fall to 0 are forgotten (J. Misra, D. Gries, 1982): what is left are the hot keys, each counted
 * too low by at most rows / limit; how many keys there were is estimated by linear counting (K. Whang, 1990).
 */
export class KeyCounts {
  readonly #counts = new Map<string, number>();
  readonly #limit: number;
  readonly #seen = new Uint8Array(BITS / 8);
  #rows = 0;
  #decays = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isExact(): boolean {
    return this.#decays === 0;
  }

  /** `hash` must be a good 32-bit hash of the key. */
  add(key: string, hash: number): void {
    this.#rows++;
    const bit = hash & (BITS - 1);
    this.#seen[bit >>> 3]! |= 1 << (bit & 7);
    const count = this.#counts.get(key);
    if (count !== undefined) this.#counts.set(key, count + 1);
    else if (this.#counts.size < this.#limit) this.#counts.set(key, 1);
    else this.#decay();
  }

  /** Distinct keys. */
  unique(): number {
    if (this.isExact) return this.#counts.size;
    const empty = this.#seen.reduce((sum, byte) => sum + 8 - bitsOf(byte), 0);
    return Math.round(-BITS * Math.log(Math.max(1, empty) / BITS));
  }

  /** Keys and counts, the most frequent first; of equal ones the lesser key. */
  descending(): [key: string, count: number][] {
    return [...this.#counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  }

  /**
   * All keys by how hot they are: exact, or an estimate. There each key that is still counted gets back what it lost,
   * as if it had been there from the start, as far as that leaves a row for each of the others, which share what
   * remains evenly.
   */
  groups(): KeyGroup[] {
    const counts = [...this.#counts.values()];
    const others = this.unique() - counts.length;
    const missing = this.#rows - counts.reduce((sum, count) => sum + count, 0);
    const lost = Math.max(0, Math.min(this.#decays, (missing - others) / Math.max(1, counts.length)));
    const groups = counts.map((count) => ({ keys: 1, rows: count + lost }));
    const left = missing - lost * counts.length;
    return others > 0 && left > 0 ? [...groups, { keys: others, rows: left / others }] : groups;
  }

  #decay(): void {
    this.#decays++;
    for (const [key, count] of this.#counts) {
      if (count === 1) this.#counts.delete(key);
      else this.#counts.set(key, count - 1);
    }
  }
}

function bitsOf(byte: number): number {
  let bits = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) bits++;
  return bits;
}
