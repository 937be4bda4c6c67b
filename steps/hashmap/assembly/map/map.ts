// The map, compiled to WebAssembly: every map is an instance with a memory of its own. What stands at fixed places, the
// memory begins with, so that there is nothing that changes outside of it.

import { insert, locate, makeTable, setAddress } from "./any-table";
import { arena } from "./arena";
import { give, initBlocks, take } from "./blocks";
import { ChainingTable } from "./chaining-table";
import { hashOf, useKey } from "./hash";
import { map } from "./hash-map";
import { RobinHoodTable } from "./robin-hood-table";
import { sweep } from "./sweep";
import { Table } from "./table";
import { work } from "./work";

export { execute, look } from "./execute";
export { give, hashOf, insert, locate, makeTable, setAddress, take, useKey };

export function init(batch: i32, steps: i32, maxDeadRatio: f64): void {
  initBlocks();
  arena.init();
  map.batch = batch;
  map.steps = steps;
  map.maxDeadRatio = maxDeadRatio;
}

export function replaceTable(kind: i32, capacity: i32, groups: i32, mostEntries: i32): void {
  map.replace(kind, capacity, groups, mostEntries);
}

/** When another table is considered (see `HashMap`). */
export function watch(mostEntries: f64, leastEntries: f64, longestGroup: i32, mostDistance: f64): void {
  map.mostEntries = mostEntries;
  map.leastEntries = leastEntries;
  map.longestGroup = longestGroup;
  map.mostDistance = mostDistance;
}

export function put(key: usize, keyLength: i32, value: usize, valueLength: i32): void {
  map.put(key, keyLength, value, valueLength);
}

export function get(key: usize, length: i32): i32 {
  return map.get(key, length);
}

export function remove(key: usize, length: i32): bool {
  return map.delete(key, length);
}

export function drain(entries: i32, steps: i32): void {
  map.drainSome(entries, steps);
}

export function startSweep(deadShare: f64): void {
  sweep.start(deadShare);
}

export function sweepOn(records: i32): void {
  map.sweepSome(records);
}

export function isSweeping(): bool {
  return sweep.isUnderWay;
}

export function currentTable(): usize {
  return map.table;
}

export function retiredTable(): usize {
  return map.retired;
}

export function workAt(): usize {
  return changetype<usize>(work);
}

export function kindOf(table: Table): i32 {
  return table.kind;
}

export function capacityOf(table: Table): i32 {
  return table.capacity;
}

export function sizeOf(table: Table): i32 {
  return table.size;
}

export function isRetired(table: Table): bool {
  return table.isRetired !== 0;
}

export function longestOf(table: Table): i32 {
  return table.longest;
}

export function distanceOf(table: Table): f64 {
  return table.distance;
}

export function bytesOf(table: Table): usize {
  return table.bytes;
}

export function heatOf(table: Table): usize {
  return table.heat;
}

export function cellsOf(table: Table): i32 {
  return table.cells;
}

export function placesOf(table: Table): usize {
  return table.places;
}

export function leftOf(table: RobinHoodTable): i32 {
  return table.left;
}

export function groupsOf(table: ChainingTable): i32 {
  return table.groups;
}

export function nodesOf(table: ChainingTable): usize {
  return table.nodes;
}

export function listsOf(table: ChainingTable): usize {
  return table.lists;
}

export function write(key: usize, keyLength: i32, value: usize, valueLength: i32): i32 {
  return arena.write(key, keyLength, value, valueLength);
}

export function free(address: i32): void {
  arena.free(address);
}

export function recordAt(address: i32): usize {
  return arena.record(address);
}

export function firstRecord(chunk: i32): i32 {
  return arena.first(chunk);
}

export function nextRecord(address: i32): i32 {
  return arena.next(address);
}

export function chunkCount(): i32 {
  return arena.count;
}

export function chunkLive(chunk: i32): i32 {
  return arena.chunk(chunk).live;
}

export function liveWords(): i32 {
  return arena.liveWords;
}

export function deadRatio(): f64 {
  return arena.deadRatio();
}

export function arenaBytes(): usize {
  return arena.bytes;
}
