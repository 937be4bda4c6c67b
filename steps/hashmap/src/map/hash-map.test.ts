import { StepError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { Arena } from "./arena.ts";
import { ChainingTable } from "./chaining-table.ts";
import { createMap } from "./create-map.ts";
import { FastHash } from "./fast-hash.ts";
import { faultsOf } from "./map-faults.ts";
import { MapOptions } from "./map-options.ts";
import { RobinHoodTable } from "./robin-hood-table.ts";
import type { Table } from "./table.ts";
import { Work } from "./work.ts";

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

  it("is the same after a repair that had nothing to do", () => {
    const map = newMap();
    for (let index = 0; index < 1000; index++) map.put(bytes(`K${index}`), bytes(`${index}`));
    expect(map.repair()).toEqual({ entries: 1000, duplicates: 0 });
    expect(text(map.get(bytes("K512")))).toBe("512");
    expect(map.faults()).toEqual([]);
  });
});

describe.each(["chaining", "robin-hood"] as const)("the check of a table, %s", (kind) => {
  it.each<[string, (table: Table, arena: Arena) => void, RegExp]>([
    [
      "an address where nothing lives",
      (table) => table.setAddress(first(table), 60_000),
      /points at 60000, where no record lives/,
    ],
    [
      "two entries with one address",
      (table) => table.setAddress(first(table), addresses(table)[1]!),
      /two entries point at/,
    ],
    ["an entry under another's hash", (table) => swap(table), /holds the hash of another key/],
    ["a key twice", (table, arena) => add(table, arena, "K1"), /two entries have the key "K1"/],
    [
      "a record that no entry points at",
      (_, arena) => void write(arena, "lost"),
      /no entry points at 1 records that live/,
    ],
    ["a record that was freed", (table, arena) => arena.free(addresses(table)[3]!), /where no record lives/],
  ])("finds %s", (_, damage, words) => {
    const arena = new Arena();
    const parts = { capacity: 64, arena, work: new Work() };
    const table =
      kind === "chaining" ? new ChainingTable({ ...parts, groups: 8, mostEntries: 60 }) : new RobinHoodTable(parts);
    for (let index = 0; index < 20; index++) add(table, arena, `K${index}`);
    expect(faultsOf([table], arena, hash)).toEqual([]);
    damage(table, arena);
    expect(faultsOf([table], arena, hash).join("\n")).toMatch(words);
  });
});

const hash = new FastHash();

function hashOf(key: string): number {
  return hash.of(bytes(key), 0, key.length);
}

function write(arena: Arena, key: string): number {
  return arena.write(bytes(`${key}v`), 0, key.length, key.length, key.length + 1);
}

function add(table: Table, arena: Arena, key: string): void {
  table.insert(hashOf(key), write(arena, key));
}

function addresses(table: Table): number[] {
  return [...table.entries()].map(({ address }) => address);
}

/** The position of the table's first entry. */
function first(table: Table): number {
  const [entry] = table.entries();
  return table.locate(entry!.hash, entry!.address);
}

/** Lets two entries point at each other's records. */
function swap(table: Table): void {
  const [one, other] = [...table.entries()].map(({ hash: stored, address }) => table.locate(stored, address));
  const address = table.address(one!);
  table.setAddress(one!, table.address(other!));
  table.setAddress(other!, address);
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
