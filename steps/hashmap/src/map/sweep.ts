import type { Arena } from "./arena.ts";

/**
 * A compaction of an arena in small steps: goes through its chunks once, moves the records that live out of each chunk in which
 * many are dead, and gives the chunk's memory back.
 */
export class Sweep {
  readonly #arena: Arena;
  readonly #deadShare: number;
  readonly #relocate: (address: number) => void;
  readonly #chunks: number;
  #chunk = 0;
  #address: number | undefined;

  /** Empties chunks of which at least `deadShare` is dead. `relocate` must move a record to another address. */
  constructor(arena: Arena, deadShare: number, relocate: (address: number) => void) {
    arena.close();
    this.#arena = arena;
    this.#deadShare = deadShare;
    this.#relocate = relocate;
    this.#chunks = arena.chunkCount;
    this.#address = this.#enter();
  }

  get isDone(): boolean {
    return this.#chunk >= this.#chunks;
  }

  /** Looks at up to `records` records or chunks; says how many it looked at. */
  advance(records: number): number {
    let looked = 0;
    for (; looked < records && !this.isDone; looked++) {
      const address = this.#address;
      if (address === undefined) {
        this.#chunk++;
        this.#address = this.isDone ? undefined : this.#enter();
        continue;
      }
      this.#address = this.#arena.next(address);
      if (this.#arena.isLive(address)) this.#relocate(address);
      if (this.#address === undefined) this.#arena.release(this.#chunk);
    }
    return looked;
  }

  #enter(): number | undefined {
    const share = this.#arena.deadShare(this.#chunk);
    return share > 0 && share >= this.#deadShare ? this.#arena.first(this.#chunk) : undefined;
  }
}
