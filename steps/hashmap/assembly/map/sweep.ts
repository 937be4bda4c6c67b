import { arena } from "./arena";
import { SWEEP } from "./places";
import { DEAD } from "./record";
import { work } from "./work";

/**
 * A compaction of the arena in small steps: goes through its chunks once, moves the records that live out of each chunk
 * in which many are dead, and gives the chunk's memory back.
 */
@unmanaged
export class Sweep {
  isUnderWay: bool;
  isEmptying: bool;
  chunk: i32;
  chunks: i32;
  /** The next record; 0 behind the last, and in a chunk that is left as it is. */
  address: i32;
  deadShare: f64;

  /** Is to empty chunks of which at least `deadShare` is dead. */
  start(deadShare: f64): void {
    arena.close();
    this.isUnderWay = true;
    this.deadShare = deadShare;
    this.chunks = arena.count;
    this.chunk = 0;
    this.enter();
  }

  /**
   * Looks at one record or chunk; gives the address of a record that must be moved before the next step, 0 where none
   * must.
   */
  step(): i32 {
    const address = this.address;
    work.swept += 1;
    if (address === 0) {
      this.leave();
      return 0;
    }
    this.address = arena.next(address);
    return (load<i32>(arena.record(address)) & DEAD) === 0 ? address : 0;
  }

  private enter(): void {
    const share = arena.deadShare(this.chunk);
    this.isEmptying = share > 0 && share >= this.deadShare;
    this.address = this.isEmptying ? arena.first(this.chunk) : 0;
  }

  private leave(): void {
    if (this.isEmptying) arena.release(this.chunk);
    this.chunk++;
    if (this.chunk < this.chunks) this.enter();
    else this.isUnderWay = false;
  }
}

export const sweep = changetype<Sweep>(SWEEP);
