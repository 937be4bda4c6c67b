import { StepError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { craftedKeys } from "../workload/crafted-keys.ts";
import { createMap } from "./create-map.ts";
import { faultsOf } from "./map-faults.ts";
import { MapMemory } from "./map-memory.ts";
import { MapOptions } from "./map-options.ts";
import { TABLE_KINDS, type TableKind } from "./table.ts";
import { viewTable } from "./view-table.ts";

const bytes = (text: string) => Buffer.from(text);
const text = (value: Uint8Array | undefined) => value && Buffer.from(value).toString();

describe.each(["chaining", "robin-hood", "adaptive"] as const)("a map, %s", (backend) => {
  const newMap = () => createMap(MapOptions.parse({ backend, incrementalBatch: 1 }), 1);

  it("keeps updates that are made while it migrates", () => {
    const map = newMap();
    for (let index = 0; index < 500; index++) map.put(bytes(`K${index}`), bytes("old"));
    for (let index = 500; map.retired === undefined; index++) map.put(bytes(`K${index}`), bytes("old"));
    for (let index = 0; index < 100; index++) map.put(bytes(`K${index}`), bytes("new, and longer"));
    expect(map.retired).toBeDefined();
    map.settle();
    for (let index = 0; index < 100; index++) expect(text(map.get(bytes(`K${index}`)))).toBe("new, and longer");
    expect(map.faults()).toEqual([]);
  });

  it("does not bring back what is deleted while it migrates", () => {
    const map = newMap();
    for (let index = 0; index < 500 || map.retired === undefined; index++) map.put(bytes(`K${index}`), bytes("v"));
    const size = map.size;
    for (let index = 0; index < 100; index++) expect(map.delete(bytes(`K${index}`))).toBe(true);
    map.settle();
    for (let index = 0; index < 100; index++) expect(map.get(bytes(`K${index}`))).toBeUndefined();
    expect(map.size).toBe(size - 100);
  });

  it("holds empty keys and values, and any bytes", () => {
    const map = newMap();
    const odd = Uint8Array.from([0, 255, 10, 13, 44]);
    map.put(new Uint8Array(0), odd);
    map.put(odd, new Uint8Array(0));
    expect(map.get(new Uint8Array(0))).toEqual(odd);
    expect(map.get(odd)).toEqual(new Uint8Array(0));
    expect(map.size).toBe(2);
  });

  it("tells keys of every length apart, wherever they lie", () => {
    const map = newMap();
    const keys = Array.from({ length: 41 }, (_, length) => bytes("=".repeat(length)));
    for (const key of keys) map.put(key, bytes(`${key.length}`));
    for (const key of keys) expect(text(map.get(key))).toBe(`${key.length}`);
    expect(map.size).toBe(keys.length);
    for (const key of craftedKeys(64).map(bytes)) map.put(key, key);
    for (const key of craftedKeys(64).map(bytes)) expect(map.get(key)).toEqual(new Uint8Array(key));
    expect(map.size).toBe(keys.length + 64);
  });

  it("holds the longest keys and values, and refuses longer ones unchanged", () => {
    const map = newMap();
    const key = new Uint8Array(16_383).fill(7);
    const value = new Uint8Array(131_071).fill(9);
    map.put(key, value);
    expect(map.get(key)).toEqual(value);
    expect(thrown(() => map.put(new Uint8Array(16_384), value))).toMatchObject({
      code: "map-key-too-long",
      category: "input",
      detail: "A key has 16384 bytes; the map holds keys of at most 16383.",
    });
    expect(thrown(() => map.put(key, new Uint8Array(131_072)))).toMatchObject({
      code: "map-value-too-long",
      detail: "A value has 131072 bytes; the map holds values of at most 131071.",
      hint: "Shorten the value, or keep what is large elsewhere and store its digest.",
    });
    expect(map.get(key)).toEqual(value);
    expect(map.faults()).toEqual([]);
  });

  it("gives memory back when it is compacted", () => {
    const map = newMap();
    for (let index = 0; index < 20_000; index++) map.put(bytes(`K${index}`), bytes(`${index}`));
    for (let index = 0; index < 19_000; index++) map.delete(bytes(`K${index}`));
    const before = map.allocatedBytes;
    map.compact();
    expect(map.allocatedBytes).toBeLessThan(before);
    expect(map.deadRatio).toBe(0);
    // 1,000 records of 16 bytes and a table of a few thousand words.
    expect(map.allocatedBytes).toBeLessThan(64 * 1024);
    expect(map.size).toBe(1000);
    expect(map.faults()).toEqual([]);
  });

  it("holds the same after a repair in the midst of a migration", () => {
    const map = newMap();
    for (let index = 0; index < 500 || map.retired === undefined; index++)
      map.put(bytes(`K${index}`), bytes(`${index}`));
    for (let index = 0; index < 100; index++) map.delete(bytes(`K${index}`));
    expect(map.retired).toBeDefined();
    const { size } = map;
    expect(map.repair()).toEqual({ entries: size, duplicates: 0 });
    expect(map.size).toBe(size);
    for (let index = 0; index < size + 100; index++)
      expect(text(map.get(bytes(`K${index}`)))).toBe(index < 100 ? undefined : `${index}`);
    expect(map.faults()).toEqual([]);
  });
});

describe.each(["chaining", "robin-hood"] as const)("the check of a table, %s", (kind) => {
  it.each<[string, (table: Tampered) => void, RegExp]>([
    ["an address where nothing lives", (table) => table.point(0, 60_000), /points at 60000, where no record lives/],
    ["two entries with one address", (table) => table.point(0, table.entry(1).address), /two entries point at/],
    [
      "an entry under another's hash",
      (table) => {
        const [one, other] = [table.entry(0).address, table.entry(1).address];
        const last = table.position(1);
        table.point(0, other);
        table.memory.code.setAddress(table.at, last, one);
      },
      /holds the hash of another key/,
    ],
    ["a key twice", (table) => table.add("K1"), /two entries have the key "K1"/],
    ["a record that no entry points at", (table) => void table.write("lost"), /no entry points at 1 records that live/],
    ["a record that was freed", (table) => table.memory.code.free(table.entry(3).address), /where no record lives/],
    [
      "a count of entries in a stretch of it",
      (table) => table.memory.wordsAt(table.memory.code.heatOf(table.at), 1)[0]!++,
      /the heat cells are not those/,
    ],
  ])("finds %s", (_, damage, words) => {
    const table = new Tampered(kind);
    for (let index = 0; index < 20; index++) table.add(`K${index}`);
    expect(table.faults()).toEqual([]);
    damage(table);
    expect(table.faults().join("\n")).toMatch(words);
  });
});

/** A table that can be damaged. */
class Tampered {
  readonly memory = new MapMemory({ consider: () => false, swept() {}, stamp() {} });
  readonly at: number;

  constructor(kind: TableKind) {
    this.memory.code.init(1, 2, 1);
    this.at = this.memory.code.makeTable(TABLE_KINDS.indexOf(kind), 64, 8, 60);
  }

  write(key: string): number {
    const place = this.memory.stageRange(bytes(`${key}v`), 0, key.length + 1);
    return this.memory.code.write(place, key.length, place + key.length, 1);
  }

  add(key: string): void {
    const address = this.write(key);
    this.memory.code.insert(this.at, this.memory.hash(address), address);
  }

  entry(number: number): { readonly hash: number; readonly address: number } {
    return [...viewTable(this.memory, this.at).entries()][number]!;
  }

  position(number: number): number {
    const { hash, address } = this.entry(number);
    return this.memory.code.locate(this.at, hash, address);
  }

  /** Lets an entry point elsewhere. */
  point(number: number, address: number): void {
    this.memory.code.setAddress(this.at, this.position(number), address);
  }

  faults(): string[] {
    return faultsOf([viewTable(this.memory, this.at)], this.memory);
  }
}

function thrown(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(StepError);
    return error;
  }
  return expect.unreachable("nothing was thrown");
}
