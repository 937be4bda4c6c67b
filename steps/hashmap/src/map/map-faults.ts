import type { Arena } from "./arena.ts";
import type { Hash } from "./hash.ts";
import { liveRecords } from "./live-records.ts";
import type { Table } from "./table.ts";

/** Every way in which tables and arena don't agree with themselves or each other. Takes time in proportion to the size. */
export function faultsOf(tables: readonly Table[], arena: Arena, hash: Hash): string[] {
  const seen = new Set<number>();
  const keys = new Set<string>();
  const faults: string[] = [];
  for (const table of tables) {
    for (const { address } of table.entries()) {
      if (!arena.holds(address)) return [`the ${table.kind} table points at ${address}, where no record lives`];
      if (seen.has(address)) faults.push(`two entries point at ${address}`);
      seen.add(address);
      const key = Buffer.from(arena.key(address)).toString("latin1");
      if (keys.has(key)) faults.push(`two entries have the key ${JSON.stringify(key)}`);
      keys.add(key);
    }
    faults.push(...table.faults((address) => arena.hash(address, hash)));
  }
  const lost = [...liveRecords(arena)].filter((address) => !seen.has(address));
  if (lost.length > 0) faults.push(`no entry points at ${lost.length} records that live`);
  return [...faults, ...arena.faults()];
}
