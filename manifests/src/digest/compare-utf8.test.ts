import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareUtf8 } from "./compare-utf8.ts";

describe("compareUtf8", () => {
  it("orders as the bytes of UTF-8 do", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it("orders the first and the last units of surrogate pairs as all others", () => {
    expect(compareUtf8("\u{10000}", "\uffff")).toBeGreaterThan(0);
    expect(compareUtf8("\u{103ff}", "\u{10000}")).toBeGreaterThan(0);
    expect(compareUtf8("\ud7ff", "\ue000")).toBeLessThan(0);
  });

  it("differs from JavaScript's order where a surrogate pair meets U+FFFF", () => {
    expect(compareUtf8("\u{1f600}", "\uffee")).toBeGreaterThan(0);
    expect("\u{1f600}" < "\uffee").toBe(true);
  });
});
