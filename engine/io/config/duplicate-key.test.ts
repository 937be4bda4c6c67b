import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duplicateKey } from "./duplicate-key.ts";

describe("duplicateKey", () => {
  it.each([
    ['{"a":1,"a":2}', "a", 7],
    ['{"a":{"b":1,"c":[{"b":1}]},"c":{"c":{"c":1,"d":2,"c":3}}}', "c", 49],
    ['[{"a":"a","b":"b","a":[]}]', "a", 18],
    ['{"a\\"":1,"x":"{\\"a\\":1,","a\\u0022":2}', 'a"', 25],
    ['{"":1, "":2}', "", 7],
    ['{"a":[],"b":{},"a":0}', "a", 15],
  ])("finds it in %s", (text, key, offset) => expect(duplicateKey(text)).toEqual({ key, offset }));

  it("finds none in what JSON.stringify writes, however it is indented", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        expect(duplicateKey(JSON.stringify(value, null, indent))).toBeUndefined();
      }),
    );
  });

  it("finds a key that is put in once more", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (object) => {
        const [key] = Object.keys(object);
        const text = JSON.stringify({ ...object, [`${key}'`]: 0 });
        const twice = `${text.slice(0, -1)},${JSON.stringify(key)}:0}`;
        expect(duplicateKey(twice)?.key).toBe(key);
      }),
    );
  });
});
