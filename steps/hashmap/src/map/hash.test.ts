import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { craftedKeys } from "../workload/crafted-keys.ts";
import { fastHash } from "./fast-hash.ts";
import { HashMap } from "./hash-map.ts";
import { MapOptions } from "./map-options.ts";

const options = MapOptions.parse({});

/**
 * Of the reference implementation (J.-P. Aumasson): HalfSipHash-2-4, key 00 01 … 07, of 00, 00 01, 00 01 02 and so on.
 */
const VECTORS = [
  0x5b9f35a9, 0xb85a4727, 0x03a662fa, 0x04e7fe8a, 0x89466e2a, 0x69b6fac5, 0x23fc6358, 0xc563cf8b, 0x8f84b8d0,
  0x79e706f8, 0x3479b094, 0x50300808, 0x2f87f057, 0xff63e677, 0x7cf8ffd6, 0x972bfe74, 0x84acb5d9, 0x5b6474c4,
  0x9b8d5b46, 0x87e3ef7b, 0x45104de3, 0xb3623f61,
];

/**
 * Of the first bytes of "The quick brown fox jumps over", low halves of what `std::_Hash_bytes` of GNU libstdc++ 12
 * gives with the seed 0.
 */
const MURMUR = [
  0x00000000, 0x1b9741cd, 0xdd55bee3, 0x3db50f9f, 0x92939260, 0xa4700789, 0x91440b93, 0x2b9a85ad, 0x6e9fc04b,
  0x5af3fd32, 0x5391b5f5, 0x415a83fd, 0xa4391865, 0xec714cf2, 0x5902b2c6, 0xe404d319, 0x5a1ee2ea, 0xd87b6c21,
  0x6b16a5f4, 0xc315bc69, 0x09976700, 0x5eeb8bb5, 0x21e1feaf, 0x8e053d7e, 0xfe2d730d,
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

  it.each(MURMUR.map((expected, length) => [length, expected]))(
    "hashes %i bytes as an implementation of MurmurHash64A of others does",
    (length, expected) => {
      const bytes = Buffer.from("..The quick brown fox jumps over");
      expect(fastHash(bytes, 2, 2 + length) >>> 0).toBe(expected);
    },
  );

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
