/** Whether a map does as little for ten million keys as for ten thousand: `node bench/hashmap/scaling.ts`. */
import { createMap } from "../../steps/hashmap/src/map/create-map.ts";
import type { HashMap } from "../../steps/hashmap/src/map/hash-map.ts";
import { MapOptions } from "../../steps/hashmap/src/map/map-options.ts";
import type { Work } from "../../steps/hashmap/src/map/work.ts";
import { benchOptions } from "../bench-options.ts";
import { columns, verdict } from "../report.ts";
import { KeySequence } from "./key-sequence.ts";
import { PlainTable } from "./plain-table.ts";
import { type Side, sideBySide } from "./side-by-side.ts";

const options = benchOptions(process.argv.slice(2));
const sizes = options.sizes ?? (options.size === "quick" ? [10_000] : [10_000, 100_000, 1_000_000, 10_000_000]);
const rounds = options.size === "quick" ? 1 : (options.rounds ?? 5);
/** What one operation may do, whatever the size: probes by its lookup, entries moved, places passed, entries shifted. */
const BOUNDS = { probes: 64, moved: 64, scanned: 128, shifts: 1024 } as const;

for (const size of sizes) {
  console.log(`${size} keys`);
  console.log([...columns(await countedRows(size)), ""].join("\n"));
  console.log([...columns(await timedRows(size)), ""].join("\n"));
}

/** Puts, finds and misses all keys, and looks at the counts after each operation. */
async function countedRows(size: number): Promise<string[][]> {
  const map = createMap(MapOptions.parse({}), 1);
  const keys = new KeySequence();
  const most = { probes: 0, moved: 0, scanned: 0, shifts: 0 };
  const total = { found: 0, missed: 0 };
  const watch = (act: () => void): number => {
    const { probes, moved, scanned, shifts } = map.work;
    act();
    most.probes = Math.max(most.probes, map.work.probes - probes);
    most.moved = Math.max(most.moved, map.work.moved - moved);
    most.scanned = Math.max(most.scanned, map.work.scanned - scanned);
    most.shifts = Math.max(most.shifts, map.work.shifts - shifts);
    return map.work.probes - probes;
  };
  for (let index = 0; index < size; index++) watch(() => put(map, keys, index));
  for (let index = 0; index < size; index++) total.found += watch(() => find(map, keys, index));
  for (let index = size; index < 2 * size; index++) total.missed += watch(() => find(map, keys, index));
  const mean = [
    [
      "probes of a lookup that finds, mean",
      (total.found / size).toFixed(2),
      "at most 6",
      verdict(total.found / size, 6),
    ],
    [
      "probes of one that does not, mean",
      (total.missed / size).toFixed(2),
      "at most 6",
      verdict(total.missed / size, 6),
    ],
  ];
  const bounds = (Object.keys(BOUNDS) as (keyof Work & keyof typeof BOUNDS)[]).map((name) => [
    `${name} of one operation, most`,
    `${most[name]}`,
    `at most ${BOUNDS[name]}`,
    verdict(most[name], BOUNDS[name]),
  ]);
  return [...mean, ...bounds];
}

/** The same gets on a map and on the plain loop; both are filled before. */
async function timedRows(size: number): Promise<string[][]> {
  const map = createMap(MapOptions.parse({}), 1);
  const keys = new KeySequence();
  for (let index = 0; index < size; index++) put(map, keys, index);
  map.settle();
  const plain = new PlainTable(map.table.capacity, size);
  for (let index = 0; index < size; index++) plain.put(keys.bytes, keys.write(index), keys.valueEnd);
  const order = Int32Array.from({ length: size }, (_, index) =>
    Number((BigInt(index) * 2_654_435_761n) % BigInt(size)),
  );
  const timed = (name: string, get: (end: number) => number): Side => ({
    name,
    run() {
      const start = performance.now();
      let found = 0;
      for (let index = 0; index < size; index++) if (get(keys.write(order[index]!)) !== 0) found++;
      const time = performance.now() - start;
      if (found !== size) throw new Error(`${name} found ${found} of ${size} keys`);
      return time;
    },
  });
  const [ours, loop] = await sideBySide(
    [
      timed("a get of the map", (end) => map.findRange(keys.bytes, 0, end)),
      timed("a get of the plain loop", (end) => plain.find(keys.bytes, end)),
    ],
    rounds,
  );
  const ratio = ours!.median / loop!.median;
  const footprint = `${(map.allocatedBytes / size).toFixed(1)} and ${(plain.allocatedBytes / size).toFixed(1)} bytes a key`;
  return [
    ...[ours!, loop!].map(({ name, median }) => [name, `${((median / size) * 1e6).toFixed(0)} ns`, footprint, ""]),
    ["ratio", `${ratio.toFixed(2)}×`, "at most 1.50×", verdict(ratio, 1.5)],
  ];
}

function put(map: HashMap, keys: KeySequence, index: number): void {
  const end = keys.write(index);
  map.putRange(keys.bytes, 0, end, end, keys.valueEnd);
}

function find(map: HashMap, keys: KeySequence, index: number): void {
  map.findRange(keys.bytes, 0, keys.write(index));
}
