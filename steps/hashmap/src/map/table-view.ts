import type { MapMemory } from "./map-memory.ts";
import { TABLE_KINDS, type TableKind } from "./table.ts";

/** What is read of tables of both kinds in the same way. */
export abstract class TableView {
  protected readonly memory: MapMemory;
  /** Where the table lies. */
  protected readonly at: number;

  constructor(memory: MapMemory, at: number) {
    this.memory = memory;
    this.at = at;
  }

  get kind(): TableKind {
    return TABLE_KINDS[this.memory.code.kindOf(this.at)]!;
  }

  get capacity(): number {
    return this.memory.code.capacityOf(this.at);
  }

  get size(): number {
    return this.memory.code.sizeOf(this.at);
  }

  get averageDistance(): number {
    return this.size === 0 ? 0 : this.memory.code.distanceOf(this.at) / this.size;
  }

  get longestGroup(): number {
    return this.memory.code.longestOf(this.at);
  }

  get heat(): Int32Array {
    const { code } = this.memory;
    return this.memory.wordsAt(code.heatOf(this.at), code.cellsOf(this.at)).slice();
  }

  get allocatedBytes(): number {
    return this.memory.code.bytesOf(this.at) >>> 0;
  }

  protected get isRetired(): boolean {
    return this.memory.code.isRetired(this.at) !== 0;
  }

  /** The heat cell of a place. */
  protected cellOf(place: number): number {
    return Math.floor((place * this.memory.code.cellsOf(this.at)) / this.capacity);
  }
}
