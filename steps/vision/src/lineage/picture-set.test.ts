import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../digest.ts";
import { noPictures, pictureSet, positionsIn } from "./picture-set.ts";

const digests = fc
  .uniqueArray(fc.nat(), { maxLength: 20 })
  .map((numbers) => numbers.map((number) => digestOf(String(number))));

describe("a set of pictures", () => {
  it("holds the first eight bytes of each digest, once, in order", () => {
    const set = pictureSet([`sha256:${"ff".repeat(32)}`, `sha256:${"01".repeat(32)}`, `sha256:${"ff".repeat(32)}`]);
    expect(Buffer.from(set, "base64").toString("hex")).toBe(`${"01".repeat(8)}${"ff".repeat(8)}`);
    expect(pictureSet([])).toBe(noPictures);
  });

  it("knows its pictures, and those of the sets it was made from, and no others", () => {
    fc.assert(
      fc.property(digests, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (all, first, second) => {
        const [one, two, rest] = [
          all.slice(0, first),
          all.slice(first, first + second),
          all.slice(first + second),
        ] as const;
        const set = pictureSet(one, pictureSet(two));
        expect(set).toBe(pictureSet([...two, ...one].reverse()));
        expect(positionsIn(set, [...rest, ...one, ...two])).toEqual([...one, ...two].map((_, at) => rest.length + at));
      }),
    );
  });
});
