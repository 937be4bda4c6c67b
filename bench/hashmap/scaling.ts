/** Whether a map does as little for ten million keys as for ten thousand: `node bench/hashmap/scaling.ts`. */
import { createMap } from "../../steps/hashmap/src/map/create-map.ts";
import type { HashMap } from "../../steps/hashmap/src/map/hash-map.ts";
import { MapOptions } from "../../steps/hashmap/src/map/map-options.ts";
import type { Work } from "../../steps/hashmap/src/map/work.ts";
import { Recorder } from "../../steps/hashmap/src/replay/recorder.ts";
import { BATCH_ROWS, GET, RowBatch } from "../../steps/hashmap/src/workload/row-batch.ts";
import { benchOptions } from "../bench-options.ts";
import { columns, verdict } from "../report.ts";
import { KeySequence } from "./key-sequence.ts";
import { PlainTable } from "./plain-table.ts";
import { type Side, sideBySide } from "./side-by-side.ts";

const options = benchOptions(process.argv.slice(2));
const sizes = options.sizes ?? (options.size === "quick" ? [10_000] : [10_000, 100_000, 1_000_000, 10_000_000]);
const rounds = options.size === "quick" ? 1 : (options.rounds ?? 5);
const LEAST_GETS = options.size === "quick" ? 1 : 1_000_000;
const STILL = { now: () => 0 };
/**
 * What one operation may do, whatever the size: probes by its lookup, entries moved, places passed, entries shifted.
 */
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
  let before = map.work;
  const watch = (act: () => void): number => {
    const { probes, moved, scanned, shifts } = before;
    act();
    before = map.work;
    most.probes = Math.max(most.probes, before.probes - probes);
    most.moved = Math.max(most.moved, before.moved - moved);
    most.scanned = Math.max(most.scanned, before.scanned - scanned);
    most.shifts = Math.max(most.shifts, before.shifts - shifts);
    return before.probes - probes;
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

/** The same gets on a map and on the plain loop, batch by batch as a replay has them; both are filled before. */
async function timedRows(size: number): Promise<string[][]> {
  const map = createMap(MapOptions.parse({}), 1);
  const keys = new KeySequence();
  for (let index = 0; index < size; index++) put(map, keys, index);
  map.settle();
  const plain = new PlainTable(map.table.capacity, size);
  for (let index = 0; index < size; index++) plain.put(keys.bytes, keys.write(index), keys.valueEnd);
  const batch = new RowBatch(BATCH_ROWS * keys.bytes.length);
  const { trace } = new Recorder();
  // Enough gets, so that the compiler is done in the first round.
  const passes = Math.ceil(LEAST_GETS / size);
  const timed = (name: string, find: () => number): Side => ({
    name,
    run() {
      let [time, found] = [0, 0];
      for (let first = 0; first < passes * size; first += batch.count) {
        fillWithGets(batch, keys, first % size, size);
        const start = performance.now();
        found += find();
        time += performance.now() - start;
      }
      if (found !== passes * size) throw new Error(`${name} found ${found} of ${passes * size} keys`);
      return time / passes;
    },
  });
  const [whole, looks, loop] = await sideBySide(
    [
      timed("a get of the map", () => {
        map.execute(batch, STILL, trace);
        return sumOf(trace.found, batch.count);
      }),
      timed("its looks at the timer", () => {
        map.look(STILL, trace.times);
        return batch.count;
      }),
      timed("a get of the plain loop", () => findAll(plain, batch)),
    ],
    rounds,
  );
  // A map times every operation that it executes, and the plain loop none.
  const ours = { name: whole!.name, median: whole!.median - looks!.median };
  const ratio = ours.median / loop!.median;
  const footprint = `${(map.allocatedBytes / size).toFixed(1)} and ${(plain.allocatedBytes / size).toFixed(1)} bytes a key`;
  return [
    ...[ours, looks!, loop!].map(({ name, median }) => [
      name,
      `${((median / size) * 1e6).toFixed(0)} ns`,
      footprint,
      "",
    ]),
    ["ratio", `${ratio.toFixed(2)}×`, "at most 1.50×", verdict(ratio, 1.5)],
  ];
}

/** Gets of keys in an order that jumps about. */
function fillWithGets(batch: RowBatch, keys: KeySequence, first: number, size: number): void {
  let end = 0;
  batch.count = Math.min(BATCH_ROWS, size - first);
  for (let row = 0; row < batch.count; row++) {
    const length = keys.write(Number((BigInt(first + row) * 2_654_435_761n) % BigInt(size)));
    batch.bytes.set(keys.bytes.subarray(0, length), end);
    batch.operations[row] = GET;
    batch.keyStarts[row] = end;
    end += length;
    batch.keyEnds[row] = batch.valueStarts[row] = batch.valueEnds[row] = end;
  }
}

function sumOf(numbers: Uint8Array, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += numbers[index]!;
  return sum;
}

function findAll(plain: PlainTable, { bytes, count, keyStarts, keyEnds }: RowBatch): number {
  let found = 0;
  for (let row = 0; row < count; row++) if (plain.find(bytes, keyStarts[row]!, keyEnds[row]!) !== 0) found++;
  return found;
}

function put(map: HashMap, keys: KeySequence, index: number): void {
  const end = keys.write(index);
  map.put(keys.bytes.subarray(0, end), keys.bytes.subarray(end, keys.valueEnd));
}

function find(map: HashMap, keys: KeySequence, index: number): void {
  map.find(keys.bytes, keys.write(index));
}
