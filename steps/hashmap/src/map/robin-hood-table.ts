import type { PathStep, Table } from "./table.ts";
import { TableView } from "./table-view.ts";

/** What can be seen of an open table (`assembly/map/robin-hood-table.ts`). */
export class RobinHoodTable extends TableView implements Table {
  get tombstoneRatio(): number {
    return this.memory.code.leftOf(this.at) / this.capacity;
  }

  *path(hash: number): Iterable<PathStep> {
    for (let distance = 0; distance < this.capacity; distance++) {
      const slot = (hash + distance) & (this.capacity - 1);
      const { address, hash: stored } = this.#slot(slot);
      yield { slot, address: Math.max(0, address), hash: stored, home: stored & (this.capacity - 1) };
      if (address === 0 || this.#distance(slot) < distance) return;
    }
  }

  *entries(): Iterable<{ readonly hash: number; readonly address: number }> {
    for (let slot = 0; slot < this.capacity; slot++) {
      const entry = this.#slot(slot);
      if (entry.address > 0) yield entry;
    }
  }

  faults(hash: (address: number) => number): string[] {
    const faults: string[] = [];
    const kept = this.heat;
    const heat = new Int32Array(kept.length);
    let [size, total, left] = [0, 0, 0];
    for (let slot = 0; slot < this.capacity; slot++) {
      const { address, hash: stored } = this.#slot(slot);
      if (address === 0) continue;
      const distance = this.#distance(slot);
      const before = (slot - 1) & (this.capacity - 1);
      const room = this.#slot(before).address === 0 ? 0 : this.#distance(before) + 1;
      if (distance > room) faults.push(`slot ${slot} is ${distance} from home, where at most ${room} can be`);
      if (address < 0) {
        left++;
        continue;
      }
      size++;
      total += distance;
      heat[this.cellOf(slot)]!++;
      if (hash(address) !== stored) faults.push(`slot ${slot} holds the hash of another key`);
    }
    const { code } = this.memory;
    const [keptTotal, keptLeft] = [code.distanceOf(this.at), code.leftOf(this.at)];
    if (size !== this.size) faults.push(`the table counts ${this.size} entries and holds ${size}`);
    if (total !== keptTotal) faults.push(`distances add up to ${total}, not ${keptTotal}`);
    if (left !== keptLeft) faults.push(`${left} entries have left, not ${keptLeft}`);
    if (heat.some((count, cell) => count !== kept[cell])) faults.push("the heat cells are not those of the slots");
    return faults;
  }

  /** The address is 0 where nobody stands, and negative where somebody left. */
  #slot(slot: number): { readonly address: number; readonly hash: number } {
    const [address, hash] = this.memory.wordsAt(this.memory.code.placesOf(this.at) + slot * 8, 2);
    return { address: address!, hash: hash! };
  }

  #distance(slot: number): number {
    return (slot - this.#slot(slot).hash) & (this.capacity - 1);
  }
}
