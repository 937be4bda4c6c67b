const LEFT = -1;
/** Share of slots that are taken or left above which the table is built anew. */
const FULLEST = 0.85;

/**
 * Robin Hood with tombstones, as a rival to shifting back: a removed entry leaves its hash behind, so that lookups
 * still know when to stop; an insertion may take the place of one that left only where it would have stood anyway.
 * Numbers are their own keys.
 */
export class TombstoneTable {
  #slots: Int32Array;
  #mask: number;
  #used = 0;
  #size = 0;

  constructor(capacity: number) {
    this.#slots = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  find(hash: number): number {
    const slots = this.#slots;
    let slot = hash & this.#mask;
    for (let distance = 0; ; distance++) {
      const stored = slots[slot * 2 + 1]!;
      if (stored === hash && slots[slot * 2]! > 0) return slot;
      if (slots[slot * 2] === 0 || ((slot - stored) & this.#mask) < distance) return -1;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Adds a hash that is not there. */
  insert(hash: number): void {
    if (this.#used + 1 > FULLEST * (this.#mask + 1)) this.#rebuild();
    this.#place(hash, 1);
    this.#size++;
  }

  remove(position: number): void {
    this.#slots[position * 2] = LEFT;
    this.#size--;
  }

  #place(hash: number, address: number): void {
    const slots = this.#slots;
    let slot = hash & this.#mask;
    let [carriedAddress, carriedHash] = [address, hash];
    for (let distance = 0; slots[slot * 2] !== 0; distance++) {
      const residentHash = slots[slot * 2 + 1]!;
      const residentDistance = (slot - residentHash) & this.#mask;
      const residentAddress = slots[slot * 2]!;
      if (residentAddress === LEFT && residentDistance <= distance) {
        slots[slot * 2] = carriedAddress;
        slots[slot * 2 + 1] = carriedHash;
        return;
      }
      if (residentDistance < distance) {
        slots[slot * 2] = carriedAddress;
        slots[slot * 2 + 1] = carriedHash;
        [carriedAddress, carriedHash, distance] = [residentAddress, residentHash, residentDistance];
      }
      slot = (slot + 1) & this.#mask;
    }
    slots[slot * 2] = carriedAddress;
    slots[slot * 2 + 1] = carriedHash;
    this.#used++;
  }

  #rebuild(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length);
    this.#used = 0;
    for (let slot = 0; slot < old.length; slot += 2) if (old[slot]! > 0) this.#place(old[slot + 1]!, old[slot]!);
  }
}
