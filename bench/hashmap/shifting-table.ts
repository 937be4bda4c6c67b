/**
 * Robin Hood that shifts back, as the map does it (`steps/hashmap/assembly/map/robin-hood-table.ts`), in the language
 * of its rival, so that the two ways are compared and not two compilers. Numbers are their own keys.
 */
export class ShiftingTable {
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(capacity: number) {
    this.#slots = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  find(hash: number): number {
    const slots = this.#slots;
    let slot = hash & this.#mask;
    for (let distance = 0; ; distance++) {
      const stored = slots[slot * 2 + 1]!;
      if (slots[slot * 2] === 0 || ((slot - stored) & this.#mask) < distance) return -1;
      if (stored === hash) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Adds a hash that is not there. */
  insert(hash: number): void {
    const slots = this.#slots;
    let slot = hash & this.#mask;
    let carried = hash;
    for (let distance = 0; slots[slot * 2] !== 0; distance++) {
      const resident = slots[slot * 2 + 1]!;
      const residentDistance = (slot - resident) & this.#mask;
      if (residentDistance < distance) {
        slots[slot * 2 + 1] = carried;
        [carried, distance] = [resident, residentDistance];
      }
      slot = (slot + 1) & this.#mask;
    }
    slots[slot * 2] = 1;
    slots[slot * 2 + 1] = carried;
  }

  remove(position: number): void {
    const slots = this.#slots;
    let hole = position;
    for (;;) {
      const next = (hole + 1) & this.#mask;
      if (slots[next * 2] === 0 || ((next - slots[next * 2 + 1]!) & this.#mask) === 0) break;
      slots[hole * 2 + 1] = slots[next * 2 + 1]!;
      hole = next;
    }
    slots[hole * 2] = 0;
    slots[hole * 2 + 1] = 0;
  }
}
