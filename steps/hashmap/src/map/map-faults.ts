import type { MapMemory } from "./map-memory.ts";
import type { Table } from "./table.ts";

/**
 * Every way in which tables and records don't agree with themselves or each other. Takes time in proportion to the
 * size.
 */
export function faultsOf(tables: readonly Table[], memory: MapMemory): string[] {
  const seen = new Set<number>();
  const keys = new Set<string>();
  const live = new Set(memory.liveRecords());
  const faults: string[] = [];
  for (const table of tables) {
    for (const { address } of table.entries()) {
      if (!live.has(address)) return [`the ${table.kind} table points at ${address}, where no record lives`];
      if (seen.has(address)) faults.push(`two entries point at ${address}`);
      seen.add(address);
      const key = Buffer.from(memory.key(address)).toString("latin1");
      if (keys.has(key)) faults.push(`two entries have the key ${JSON.stringify(key)}`);
      keys.add(key);
    }
    faults.push(...table.faults((address) => memory.hash(address)));
  }
  const lost = [...live].filter((address) => !seen.has(address));
  if (lost.length > 0) faults.push(`no entry points at ${lost.length} records that live`);
  return [...faults, ...countFaults(live, memory)];
}

/** Every count of live words that is not what the records add up to. */
function countFaults(live: ReadonlySet<number>, memory: MapMemory): string[] {
  const { code } = memory;
  const words = new Array<number>(code.chunkCount()).fill(0);
  for (const address of live) words[address >>> 16]! += memory.head(address).words;
  const total = words.reduce((sum, each) => sum + each, 0);
  const faults = words.flatMap((held, chunk) => {
    const counted = code.chunkLive(chunk);
    return held === counted ? [] : [`chunk ${chunk} counts ${counted} live words and holds ${held}`];
  });
  const counted = code.liveWords();
  return total === counted ? faults : [...faults, `the arena counts ${counted} live words and holds ${total}`];
}
