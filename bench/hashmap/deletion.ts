/** What removal costs in a full Robin Hood table: shifting back, or tombstones: `node bench/hashmap/deletion.ts`. */
import { benchOptions } from "../bench-options.ts";
import { report } from "../report.ts";
import { ShiftingTable } from "./shifting-table.ts";
import { type Side, sideBySide } from "./side-by-side.ts";
import { TombstoneTable } from "./tombstone-table.ts";

const options = benchOptions(process.argv.slice(2));
const capacity = options.size === "quick" ? 1 << 10 : 1 << 18;
const rounds = options.size === "quick" ? 1 : (options.rounds ?? 9);
const SHIFT = "shifting back";
const TOMBSTONES = "tombstones";

/** A table by what it does to one hash. */
interface Contender {
  has(hash: number): boolean;
  insert(hash: number): void;
  remove(hash: number): void;
}

for (const load of [0.5, 0.7, 0.8]) {
  const sides = [
    churn(SHIFT, load, () => contender(new ShiftingTable(capacity))),
    churn(TOMBSTONES, load, () => contender(new TombstoneTable(capacity))),
  ];
  const timings = await sideBySide(sides, rounds);
  const title = `load ${load}: ${capacity} times a removal, an insertion and two lookups`;
  console.log(report(title, timings, [{ of: SHIFT, against: TOMBSTONES, atMost: 1 }]));
}

/** Keeps a table at one load while its entries come and go. */
function churn(name: string, load: number, make: () => Contender): Side {
  const size = Math.floor(load * capacity);
  return {
    name,
    run() {
      const table = make();
      for (let index = 0; index < size; index++) table.insert(mixed(index));
      const start = performance.now();
      let found = 0;
      for (let index = 0; index < capacity; index++) {
        table.remove(mixed(index));
        table.insert(mixed(index + size));
        if (table.has(mixed(index + (size >>> 1)))) found++;
        if (table.has(mixed(index))) found--;
      }
      const time = performance.now() - start;
      if (found !== capacity) throw new Error(`${name} found ${found} of ${capacity}`);
      return time;
    },
  };
}

function contender(table: ShiftingTable | TombstoneTable): Contender {
  return {
    has: (hash) => table.find(hash) >= 0,
    insert: (hash) => table.insert(hash),
    remove: (hash) => table.remove(table.find(hash)),
  };
}

/** A bijection on 32 bits (the mixer of MurmurHash3), so that no two entries have one hash. */
function mixed(index: number): number {
  let hash = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
