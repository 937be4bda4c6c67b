import { HashMap } from "./hash-map.ts";
import type { MapOptions } from "./map-options.ts";

/**
 * Makes an empty map. `seed`, 32 bits, is the key of a keyed hash; who does not know it can't craft keys that collide.
 */
export function createMap(options: MapOptions, seed: number): HashMap {
  const key = { low: seed, high: Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995 };
  return new HashMap(options, options.hash === "keyed" ? key : undefined);
}
