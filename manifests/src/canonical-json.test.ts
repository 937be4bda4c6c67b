import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { thrownBy } from "./fixtures/thrown-by.ts";

describe("canonicalJson", () => {
  it("writes the example of RFC 8785, section 3.2.2", () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("sorts keys as RFC 8785, section 3.2.3, does: by UTF-16 code units", () => {
    const value = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`);
    expect([...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map((match) => match[1])).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  // RFC 8785, appendix B: IEEE 754 bits and the text that they must give.
  it.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("writes the number with the bits %s as %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
  });

  it("keeps the value, and gives one text whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("takes __proto__ as data", () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });

  it.each([
    ["NaN", { train: { lr: [1, Number.NaN] } }, "Found the number NaN at $.train.lr[1], which JSON can't hold."],
    ["infinity", -Infinity, "Found the number -Infinity at $, which JSON can't hold."],
    ["undefined", { a: undefined }, "Found a value of type undefined at $.a, which JSON can't hold."],
    [
      "undefined beside others",
      { a: { b: 1 }, c: undefined },
      "Found a value of type undefined at $.c, which JSON can't hold.",
    ],
    ["undefined behind others", [[1], undefined], "Found a value of type undefined at $[1], which JSON can't hold."],
    [
      "no class",
      Object.create(Object.create(Object.create(null))),
      "Found an object of class unknown at $, which JSON can't hold.",
    ],
    ["a hole", new Array(1), "Found a value of type undefined at $[0], which JSON can't hold."],
    ["a function", [() => 1], "Found a value of type function at $[0], which JSON can't hold."],
    ["bigint", { n: 1n }, "Found a value of type bigint at $.n, which JSON can't hold."],
    ["a symbol", { n: Symbol("s") }, "Found a value of type symbol at $.n, which JSON can't hold."],
    ["a date", { at: new Date(0) }, "Found an object of class Date at $.at, which JSON can't hold."],
    ["half a pair", { t: "\ud800" }, "Found text with half a surrogate pair at $.t, which JSON can't hold."],
  ])("refuses %s and names the place", async (_name, value, detail) => {
    const error = await thrownBy(() => canonicalJson(value));
    expect(error).toMatchObject({ code: "not-json", category: "input", detail });
    expect(error.hint).toContain("finite numbers");
  });

  it("takes an object without a prototype as data", () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });

  it("refuses a value that holds itself, and cuts the place short", async () => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    expect((await thrownBy(() => canonicalJson(circle))).detail).toBe(
      `Found nesting of more than 1000 levels at $${".again".repeat(5)}, which JSON can't hold.`,
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const copy: object = {};
  for (const [key, part] of Object.entries(value).reverse()) {
    Object.defineProperty(copy, key, { value: reversed(part), enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
