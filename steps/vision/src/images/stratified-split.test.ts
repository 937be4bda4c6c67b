import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitNames } from "./split-kinds.ts";
import { type Group, stratifiedSplit } from "./stratified-split.ts";

const fractions = { train: 0.6, val_select: 0.1, calib_fit: 0.1, calib_conformal: 0.1, val_test: 0.1 };
const classes = ["clear", "works"];

const singles = (first: number, second: number): Group[] =>
  Array.from({ length: first + second }, (_, position) => ({ label: position < first ? 0 : 1, members: [position] }));

describe("stratifiedSplit", () => {
  it("gives each split its share of each class", () => {
    const groups = singles(100, 40);
    const splits = stratifiedSplit(groups, { fractions, classes, minimum: 2, seed: 1 });
    const countOf = (name: keyof typeof splits, label: number) =>
      splits[name].filter((position) => groups[position]?.label === label).length;
    expect(splitNames.map((name) => [countOf(name, 0), countOf(name, 1)])).toEqual([
      [60, 24],
      [10, 4],
      [10, 4],
      [10, 4],
      [10, 4],
    ]);
  });

  it("puts every picture into one split, and equal pixels into the same one", () => {
    const arbitraryGroups = fc.array(
      fc.record({ label: fc.integer({ min: 0, max: 1 }), size: fc.integer({ min: 1, max: 5 }) }),
      {
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(arbitraryGroups, fc.nat(), (shapes, seed) => {
        let next = 0;
        const groups = shapes.map(({ label, size }) => ({
          label,
          members: Array.from({ length: size }, () => next++),
        }));
        const splits = stratifiedSplit(groups, { fractions, classes, minimum: 0, seed });
        const all = splitNames.flatMap((name) => splits[name]);
        expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: next }, (_, index) => index));
        const placeOf = new Map(splitNames.flatMap((name) => splits[name].map((position) => [position, name])));
        for (const { members } of groups) expect(new Set(members.map((each) => placeOf.get(each))).size).toBe(1);
      }),
    );
  });

  it("depends on the seed alone", () => {
    const split = (seed: number) => stratifiedSplit(singles(50, 50), { fractions, classes, minimum: 2, seed });
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  it("divides more pictures than a call takes arguments", () => {
    const copies: Group = { label: 0, members: Array.from({ length: 200_000 }, (_, position) => position) };
    const others = singles(200_000, 200_000).map(({ label, members: [at] }) => ({ label, members: [200_000 + at!] }));
    const splits = stratifiedSplit([copies, ...others], { fractions, classes, minimum: 2, seed: 1 });
    expect(splits.train).toHaveLength(360_000);
  });

  it("names the smaller of two classes that leave too few", () => {
    const options = { fractions, classes, minimum: 2, seed: 1 };
    expect(() => stratifiedSplit(singles(8, 0), options)).toThrow(
      'Class "works" has 0 images, which leaves 0 for train; it needs at least 2.',
    );
    expect(() => stratifiedSplit(singles(3, 8), options)).toThrow('Class "clear" has 3 images');
  });

  it("refuses a class that leaves a split with too few", () => {
    expect(() => stratifiedSplit(singles(50, 8), { fractions, classes, minimum: 2, seed: 1 })).toThrow(
      'Class "works" has 8 images, which leaves 1 for val_select; it needs at least 2. ' +
        'Add images of "works", give val_select a larger share in split or conformal, or lower minimum.',
    );
  });

  it("says how many images of a class are different, where copies are why it is too small", () => {
    const copies: Group[] = [...singles(50, 0), { label: 1, members: Array.from({ length: 40 }, (_, at) => 50 + at) }];
    expect(() => stratifiedSplit(copies, { fractions, classes, minimum: 2, seed: 1 })).toThrow(
      'Class "works" has 40 images (1 different ones; copies stay in one split), which leaves 0 for val_select; it needs at least 2.',
    );
  });
});
