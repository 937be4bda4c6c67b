import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { craftedKeys } from "../workload/crafted-keys.ts";
import { fastHash } from "./fast-hash.ts";
import { HashMap } from "./hash-map.ts";
import { MapOptions } from "./map-options.ts";

const options = MapOptions.parse({});

/** Of the reference implementation (J.-P. Aumasson): HalfSipHash-2-4, key 00 01 … 07, of 00, 00 01, 00 01 02 and so on. */
const VECTORS = [
  0x5b9f35a9, 0xb85a4727, 0x03a662fa, 0x04e7fe8a, 0x89466e2a, 0x69b6fac5, 0x23fc6358, 0xc563cf8b, 0x8f84b8d0,
  0x79e706f8, 0x3479b094, 0x50300808, 0x2f87f057, 0xff63e677, 0x7cf8ffd6, 0x972bfe74, 0x84acb5d9, 0x5b6474c4,
  0x9b8d5b46, 0x87e3ef7b, 0x45104de3, 0xb3623f61,
];

describe("the keyed hash of a map", () => {
  const map = new HashMap(options, { low: 0x03020100, high: 0x07060504 });

  it.each(VECTORS.map((expected, length) => [length, expected]))(
    "hashes %i bytes as the reference does",
    (length, expected) => {
      const padded = Uint8Array.from({ length: length + 8 }, (_, index) => index - 3);
      expect(map.hashOf(padded.subarray(3, 3 + length)) >>> 0).toBe(expected);
    },
  );

  it("parts keys that were crafted to collide", () => {
    const keys = craftedKeys(64).map((key) => Buffer.from(key));
    expect(new Set(keys.map((key) => map.hashOf(key))).size).toBe(keys.length);
  });
});

describe("the fast hash", () => {
  it("is that of a map", () => {
    const map = new HashMap(options, undefined);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (key) => map.hashOf(key) === fastHash(key, 0, key.length)),
    );
  });

  it("is FNV-1a, mixed as MurmurHash3 does", () => {
    const bytes = Buffer.from("foobar");
    // FNV-1a of "foobar" is bf9cf968 (its authors' test vectors); the mixer was worked out apart from the code.
    expect(fastHash(bytes, 0, 6)).toBe(mixed(0xbf9cf968));
  });

  it("gives one hash for all crafted keys, which differ", () => {
    const keys = craftedKeys(1000);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(keys.map((key) => fastHash(Buffer.from(key), 0, key.length))).size).toBe(1);
  });

  it("spreads plain keys over the low bits about as chance would", () => {
    const counts = new Array<number>(1024).fill(0);
    for (let index = 0; index < 102_400; index++) {
      const key = Buffer.from(`K${index}`);
      counts[fastHash(key, 0, key.length) & 1023]!++;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    // 1,023 degrees of freedom: 99.9 % of all fair spreads lie below 1,168.
    expect(chiSquare).toBeLessThan(1168);
  });
});

function mixed(state: number): number {
  let hash = BigInt(state);
  const times = (factor: bigint) => {
    hash = (hash * factor) & 0xffffffffn;
  };
  hash ^= hash >> 16n;
  times(0x85ebca6bn);
  hash ^= hash >> 13n;
  times(0xc2b2ae35n);
  hash ^= hash >> 16n;
  return Number(BigInt.asIntN(32, hash));
}
