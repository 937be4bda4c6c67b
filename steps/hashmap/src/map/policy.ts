import type { MapOptions } from "./map-options.ts";
import type { TableKind } from "./table.ts";

/** What the policy looks at; every number is kept by the table, so that looking costs O(1). */
export interface TableShape {
  readonly kind: TableKind;
  readonly capacity: number;
  readonly size: number;
  readonly averageDistance: number;
  readonly longestGroup: number;
}

/** How many entries the map had when it left a kind because that did badly; Infinity where it never did. */
export type Departures = Readonly<Record<TableKind, number>>;

export interface TableChange {
  readonly kind: TableKind;
  readonly capacity: number;
  readonly reason: "load" | "long-groups" | "long-probes" | "sparse";
}

/** A table is filled to this share of its greatest load when it is made, so that it is not replaced again at once. */
const TARGET = 0.65;
/** A table is replaced by a smaller one where fewer than one place in so many is taken. */
const SPARSE = 10;
/** A kind that did badly is taken again only when the map has shrunk to one entry in so many. */
const SHRUNK = 4;

/**
 * What table should replace the present one, if any. Growth and shrinking lie a factor of two or more apart, and a kind
 * that did badly at some size is not taken again until three in four of those entries are gone: so that a map never
 * flaps, whatever the operations are.
 */
export function nextTable(table: TableShape, departures: Departures, options: MapOptions): TableChange | undefined {
  const { kind } = table;
  const reason = options.backend === "adaptive" ? reasonToLeave(table, options) : undefined;
  if (reason !== undefined) {
    const other = kind === "chaining" ? "robin-hood" : "chaining";
    const isFree = departures[other] === Infinity || table.size * SHRUNK <= departures[other];
    if (isFree) return { kind: other, capacity: capacityFor(other, table, options), reason };
  }
  if (table.size > maxLoad(kind, options) * table.capacity) {
    return { kind, capacity: capacityFor(kind, table, options), reason: "load" };
  }
  if (table.capacity === options.initialCapacity || table.size * SPARSE >= table.capacity) return undefined;
  const capacity = capacityFor(kind, table, options);
  return capacity < table.capacity ? { kind, capacity, reason: "sparse" } : undefined;
}

/**
 * Where a table of a kind and capacity must be looked at: above, or for `leastEntries` below, these `nextTable` may
 * want another.
 */
export interface WatchPoints {
  readonly mostEntries: number;
  readonly leastEntries: number;
  readonly longestGroup: number;
  readonly averageDistance: number;
}

/**
 * As long as none of these is passed, `nextTable` leaves the table alone: so that it need not be asked after every
 * operation.
 */
export function watchPoints(kind: TableKind, capacity: number, options: MapOptions): WatchPoints {
  const isAdaptive = options.backend === "adaptive";
  return {
    mostEntries: maxLoad(kind, options) * capacity,
    leastEntries: capacity === options.initialCapacity ? 0 : capacity / SPARSE,
    longestGroup: isAdaptive && kind === "chaining" ? options.maxGroupLength : 2 ** 31 - 1,
    averageDistance: isAdaptive && kind === "robin-hood" ? options.maxAverageProbe : Infinity,
  };
}

/** Why an adaptive map would rather have the other kind, if it may be had. */
function reasonToLeave(table: TableShape, options: MapOptions): TableChange["reason"] | undefined {
  if (table.kind === "robin-hood") return table.averageDistance > options.maxAverageProbe ? "long-probes" : undefined;
  if (table.longestGroup > options.maxGroupLength) return "long-groups";
  return table.size > options.maxLoadChaining * table.capacity ? "load" : undefined;
}

export function maxLoad(kind: TableKind, options: MapOptions): number {
  return kind === "chaining" ? options.maxLoadChaining : options.maxLoadRobinHood;
}

/** Room for all entries, and for those that operations add until the last of them has moved. */
function capacityFor(kind: TableKind, { size, capacity }: TableShape, options: MapOptions): number {
  const batch = options.incrementalBatch;
  const operations = size / batch + (size + capacity) / (STEPS * batch) + 2;
  const least = (size + operations) / (TARGET * maxLoad(kind, options));
  return Math.max(options.initialCapacity, 2 ** Math.ceil(Math.log2(least)));
}

/** How many places of a retired table an operation passes for each entry that it may move. */
export const STEPS = 2;
