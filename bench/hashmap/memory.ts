/** What an entry takes, beside a JavaScript Map of the same entries: `node --expose-gc bench/hashmap/memory.ts`. */
import { createMap } from "../../steps/hashmap/src/map/create-map.ts";
import { MapOptions } from "../../steps/hashmap/src/map/map-options.ts";
import { benchOptions } from "../bench-options.ts";
import { columns, verdict } from "../report.ts";
import { KeySequence } from "./key-sequence.ts";

const options = benchOptions(process.argv.slice(2));
const most = options.size === "quick" ? 20_000 : (options.sizes?.[0] ?? 1_000_000);
const BACKENDS = ["chaining", "robin-hood", "adaptive"] as const;

if (globalThis.gc === undefined)
  throw new Error("Run it with --expose-gc: what a Map takes is seen after a collection.");
const collect = globalThis.gc;

/**
 * Sizes from just above a power of two to the next one: a Map takes most for an entry at the first, least at the last.
 */
const points = [0.51, 0.6, 0.7, 0.8, 0.9, 1].map((share) => Math.floor(share * 2 ** Math.floor(Math.log2(most))));

console.log(columns([["a Map", "measured", "reckoned"], ...points.map(mapRow)]).join("\n"));
for (const backend of BACKENDS) {
  const { inRange, everywhere, held } = worstRatios(backend);
  console.log(
    columns([
      [`${backend} / Map, at load 0.6–0.85`, `${inRange.toFixed(2)}×`, "at most 0.50×", verdict(inRange, 0.5)],
      [`${backend} / Map, migrations included`, `${everywhere.toFixed(2)}×`, "at most 1.00×", verdict(everywhere, 1)],
      [`${backend} / Map, with what was given back`, `${held.toFixed(2)}×`, "", ""],
    ]).join("\n"),
  );
}

/**
 * The worst ratios after any put above a thousand entries: while no migration is under way at such a load, and at all.
 */
function worstRatios(backend: (typeof BACKENDS)[number]) {
  const map = createMap(MapOptions.parse({ backend }), 1);
  const keys = new KeySequence();
  const worst = { inRange: 0, everywhere: 0, held: 0 };
  while (map.size < most) {
    const end = keys.write(map.size);
    map.put(keys.bytes.subarray(0, end), keys.bytes.subarray(end, keys.valueEnd));
    if (map.size < 1000) continue;
    const ratio = map.allocatedBytes / reckoned(map.size);
    const load = map.size / map.table.capacity;
    worst.everywhere = Math.max(worst.everywhere, ratio);
    // From where the first pages no longer count for much.
    if (map.size >= 10_000) worst.held = Math.max(worst.held, map.heldBytes / reckoned(map.size));
    if (map.retired === undefined && load >= 0.6 && load <= 0.85) worst.inRange = Math.max(worst.inRange, ratio);
  }
  return worst;
}

function mapRow(entries: number): string[] {
  const measured = bytesOfMap(entries) / entries;
  const expected = reckoned(entries) / entries;
  if (Math.abs(measured / expected - 1) > 0.1)
    throw new Error(`A Map takes ${measured} bytes an entry, not ${expected}.`);
  return [`${entries} entries, bytes each`, measured.toFixed(1), expected.toFixed(1)];
}

/**
 * Bytes of a Map: 28 for each place of V8's ordered table, places doubled when they are full, and two strings for each
 * entry, of 16 bytes and up to 8 characters. It is below what is measured, which `mapRow` makes sure of; so no ratio is
 * flattered.
 */
function reckoned(entries: number): number {
  return entries * 48 + 28 * 2 ** Math.ceil(Math.log2(entries));
}

/** The growth of the heap when a Map of new strings is made. */
function bytesOfMap(entries: number): number {
  const decoder = new TextDecoder();
  const keys = new KeySequence();
  collect();
  collect();
  const before = process.memoryUsage().heapUsed;
  const map = new Map<string, string>();
  for (let index = 0; index < entries; index++) {
    const end = keys.write(index);
    map.set(decoder.decode(keys.bytes.subarray(0, end)), decoder.decode(keys.bytes.subarray(end, keys.valueEnd)));
  }
  collect();
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  if (map.size !== entries) throw new Error(`a Map of ${map.size} entries`);
  return bytes;
}
