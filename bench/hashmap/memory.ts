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

const points = Array.from({ length: 24 }, (_, point) => Math.round(most * 2 ** (-(23 - point) / 6)));
const ofMap = new Map(points.map((entries) => [entries, bytesOfMap(entries)]));
for (const backend of BACKENDS) {
  const rows = rowsOf(backend);
  const within = rows.filter(({ load, isMigrating }) => load >= 0.6 && load <= 0.85 && !isMigrating);
  const worst = (of: readonly { readonly ratio: number }[]) => Math.max(...of.map(({ ratio }) => ratio));
  const growing = peakWhileGrowing(backend);
  console.log(`${backend}: bytes an entry`);
  console.log(
    columns([
      ...rows.map(({ entries, load, ours, theirs, ratio }) => [
        `${entries} entries, load ${load.toFixed(2)}`,
        ours.toFixed(1),
        `Map ${theirs.toFixed(1)}`,
        `${ratio.toFixed(2)}×`,
        "",
        "",
      ]),
      ...(within.length === 0
        ? []
        : [
            [
              "at load 0.6–0.85, worst",
              "",
              "",
              `${worst(within).toFixed(2)}×`,
              "at most 0.50×",
              verdict(worst(within), 0.5),
            ],
          ]),
      [
        "everywhere, migrations included, worst",
        "",
        "",
        `${growing.toFixed(2)}×`,
        "at most 1.00×",
        verdict(growing, 1),
      ],
    ]).join("\n"),
  );
  console.log("");
}

function rowsOf(backend: (typeof BACKENDS)[number]) {
  const map = createMap(MapOptions.parse({ backend }), 1);
  const keys = new KeySequence();
  let put = 0;
  return points.map((entries) => {
    for (; put < entries; put++) putKey(map, keys, put);
    const [ours, theirs] = [map.allocatedBytes / entries, ofMap.get(entries)! / entries];
    const isMigrating = map.retired !== undefined;
    return { entries, load: entries / map.table.capacity, isMigrating, ours, theirs, ratio: ours / theirs };
  });
}

/** The worst ratio to a Map after any put. Between two points a Map's bytes can only grow, so the point before is a bound. */
function peakWhileGrowing(backend: (typeof BACKENDS)[number]): number {
  const map = createMap(MapOptions.parse({ backend }), 1);
  const keys = new KeySequence();
  let worst = 0;
  for (const [at, entries] of points.entries()) {
    const next = points[at + 1];
    while (map.size < entries) putKey(map, keys, map.size);
    for (let size = entries; size <= (next ?? entries); size++) {
      const atLeast = (ofMap.get(entries)! / entries) * Math.min(size, entries * 1.0001);
      worst = Math.max(worst, map.allocatedBytes / Math.max(atLeast, stringBytes(size) + tableBytes(size)));
      if (size < (next ?? entries)) putKey(map, keys, size);
    }
  }
  return worst;
}

/** Bytes of the keys and values alone: two strings of V8 for each entry, 16 bytes and the characters in whole words. */
function stringBytes(entries: number): number {
  return entries * 48;
}

/** Bytes of V8's ordered hash table: 28 for each place, places doubled when they are full. */
function tableBytes(entries: number): number {
  return 28 * 2 ** Math.ceil(Math.log2(Math.max(4, entries)));
}

function putKey(map: ReturnType<typeof createMap>, keys: KeySequence, index: number): void {
  const end = keys.write(index);
  map.putRange(keys.bytes, 0, end, end, keys.valueEnd);
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
