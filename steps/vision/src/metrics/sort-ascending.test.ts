import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortAscending } from "./sort-ascending.ts";

describe("sortAscending", () => {
  it("sorts few numbers and many as Float64Array does", () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.constantFrom(1, 1000), fc.nat(), (few, times, salt) => {
        const values = Float64Array.from({ length: few.length * times }, (_, index) => {
          const value = few[(index * 7919 + salt) % few.length]!;
          return index % 3 === 0 ? value : value * (index + 1);
        });
        expect(sortAscending(values)).toEqual(values.slice().sort());
      }),
      { numRuns: 60 },
    );
  });

  it("leaves what it was given alone", () => {
    const values = Float64Array.of(3, -1, 2);
    expect([...sortAscending(values)]).toEqual([-1, 2, 3]);
    expect([...values]).toEqual([3, -1, 2]);
  });
});
