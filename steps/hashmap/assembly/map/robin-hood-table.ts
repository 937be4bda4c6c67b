import { arena } from "./arena";
import { newTable, ROBIN_HOOD, Table } from "./table";
import { work } from "./work";

/**
 * The address of a slot whose entry has left a retired table; its hash stays, so that lookups still know when to stop.
 */
const LEFT = -1;

/**
 * Open addressing with linear probing after Robin Hood (P. Celis, 1986): along a run of slots, entries stand in the
 * order of how far they are from home, so that a lookup ends as soon as it is further from home than who stands there.
 * Removal shifts the entries behind it back by one. A slot is two words: address (0: empty) and hash.
 */
@unmanaged
export class RobinHoodTable extends Table {
  /** Entries that have left while it is drained. */
  left: i32;

  find(hash: i32, key: usize, length: i32): i32 {
    const mask = this.capacity - 1;
    let slot = hash & mask;
    let distance = 0;
    while (true) {
      const address = this.address(slot);
      const stored = this.hash(slot);
      if (stored === hash && address > 0 && arena.matches(address, key, length)) break;
      if (address === 0 || ((slot - stored) & mask) < distance || distance > mask) {
        slot = -1;
        break;
      }
      slot = (slot + 1) & mask;
      distance++;
    }
    work.probes += distance + 1;
    return slot;
  }

  address(slot: i32): i32 {
    return load<i32>(this.slot(slot));
  }

  hash(slot: i32): i32 {
    return load<i32>(this.slot(slot), 4);
  }

  setAddress(slot: i32, address: i32): void {
    store<i32>(this.slot(slot), address);
  }

  /** The position at which an address stands, or -1. */
  locate(hash: i32, address: i32): i32 {
    const mask = this.capacity - 1;
    let slot = hash & mask;
    for (let distance = 0; distance <= mask; distance++) {
      const found = this.address(slot);
      if (found === address) return slot;
      if (found === 0 || this.distanceAt(slot) < distance) break;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Adds an entry whose key is not in the table yet. There must be room. */
  insert(hash: i32, address: i32): void {
    const mask = this.capacity - 1;
    let slot = hash & mask;
    let carriedAddress = address;
    let carriedHash = hash;
    let steps = 0;
    for (let distance = 0; this.address(slot) !== 0; distance++) {
      const residentHash = this.hash(slot);
      const residentDistance = (slot - residentHash) & mask;
      if (residentDistance < distance) {
        const residentAddress = this.address(slot);
        this.set(slot, carriedAddress, carriedHash);
        carriedAddress = residentAddress;
        carriedHash = residentHash;
        distance = residentDistance;
      }
      slot = (slot + 1) & mask;
      steps++;
    }
    this.set(slot, carriedAddress, carriedHash);
    this.warm(slot, 1);
    // Every step took one entry one slot further from home.
    this.distance += steps;
    work.shifts += steps;
    this.size++;
  }

  remove(slot: i32): void {
    this.size--;
    this.distance -= this.distanceAt(slot);
    if (this.isRetired) this.leave(slot);
    else this.shiftBack(slot);
  }

  /**
   * Moves the entry of the next slot out, if there is one; gives its address, 0 where there is none, and leaves its
   * hash in the slot.
   */
  drainNext(): i32 {
    const slot = this.cursor++;
    const address = this.address(slot);
    if (address <= 0) return 0;
    this.size--;
    this.distance -= this.distanceAt(slot);
    this.leave(slot);
    return address;
  }

  distanceAt(slot: i32): i32 {
    return (slot - this.hash(slot)) & (this.capacity - 1);
  }

  private slot(slot: i32): usize {
    return this.places + ((<usize>slot) << 3);
  }

  private set(slot: i32, address: i32, hash: i32): void {
    const at = this.slot(slot);
    store<i32>(at, address);
    store<i32>(at, hash, 4);
  }

  private leave(slot: i32): void {
    this.setAddress(slot, LEFT);
    this.warm(slot, -1);
    this.left++;
  }

  private shiftBack(position: i32): void {
    const mask = this.capacity - 1;
    let hole = position;
    while (true) {
      const next = (hole + 1) & mask;
      if (this.address(next) === 0 || this.distanceAt(next) === 0) break;
      this.set(hole, this.address(next), this.hash(next));
      this.distance -= 1;
      work.shifts += 1;
      hole = next;
    }
    this.set(hole, 0, 0);
    this.warm(hole, -1);
  }
}

export function newRobinHoodTable(capacity: i32): Table {
  return newTable(ROBIN_HOOD, capacity, (<usize>capacity) << 3);
}
