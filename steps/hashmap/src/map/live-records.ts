import type { Arena } from "./arena.ts";

/** The addresses of all records that live, in the order in which they lie. */
export function* liveRecords(arena: Arena): Iterable<number> {
  for (let chunk = 0; chunk < arena.chunkCount; chunk++) {
    for (let address = arena.first(chunk); address !== undefined; address = arena.next(address)) {
      if (arena.isLive(address)) yield address;
    }
  }
}
