import { give } from "./blocks";
import { ChainingTable, newChainingTable } from "./chaining-table";
import { newRobinHoodTable, RobinHoodTable } from "./robin-hood-table";
import { CHAINING, Table } from "./table";
import { work } from "./work";

// What both kinds of table do, by the kind of one.

/** @param groups `mostEntries` likewise: of a chained table alone. */
export function makeTable(kind: i32, capacity: i32, groups: i32, mostEntries: i32): Table {
  return kind === CHAINING ? newChainingTable(capacity, groups, mostEntries) : newRobinHoodTable(capacity);
}

/** The position of a key, or -1. */
export function find(table: Table, hash: i32, key: usize, length: i32): i32 {
  if (table.kind === CHAINING) return changetype<ChainingTable>(table).find(hash, key, length);
  return changetype<RobinHoodTable>(table).find(hash, key, length);
}

export function addressAt(table: Table, position: i32): i32 {
  if (table.kind === CHAINING) return changetype<ChainingTable>(table).address(position);
  return changetype<RobinHoodTable>(table).address(position);
}

export function setAddress(table: Table, position: i32, address: i32): void {
  if (table.kind === CHAINING) changetype<ChainingTable>(table).setAddress(position, address);
  else changetype<RobinHoodTable>(table).setAddress(position, address);
}

export function locate(table: Table, hash: i32, address: i32): i32 {
  if (table.kind === CHAINING) return changetype<ChainingTable>(table).locate(hash, address);
  return changetype<RobinHoodTable>(table).locate(hash, address);
}

export function insert(table: Table, hash: i32, address: i32): void {
  if (table.kind === CHAINING) changetype<ChainingTable>(table).insert(hash, address);
  else changetype<RobinHoodTable>(table).insert(hash, address);
}

export function remove(table: Table, position: i32): void {
  if (table.kind === CHAINING) changetype<ChainingTable>(table).remove(position);
  else changetype<RobinHoodTable>(table).remove(position);
}

/**
 * Moves at most `entries` of a retired table into another one, looking at no more than `steps` places; both are
 * counted.
 */
export function drain(from: Table, into: Table, entries: i32, steps: i32): void {
  let moved = 0;
  let scanned = 0;
  for (; from.size > 0 && moved < entries && scanned < steps; scanned++) {
    if (from.kind === CHAINING) {
      const chained = changetype<ChainingTable>(from);
      const number = chained.nextNode();
      if (number === 0) continue;
      const node = chained.node(number);
      insert(into, node.hash, node.address);
      chained.remove(number);
    } else {
      const open = changetype<RobinHoodTable>(from);
      const address = open.drainNext();
      if (address === 0) continue;
      insert(into, open.hash(open.cursor - 1), address);
    }
    moved++;
  }
  work.moved += moved;
  work.scanned += scanned;
}

/** Gives a table's memory back. */
export function dropTable(table: Table): void {
  if (table.kind === CHAINING) changetype<ChainingTable>(table).dropSlabs();
  give(changetype<usize>(table), table.blockBytes);
}
