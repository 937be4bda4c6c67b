import { expect, it } from "vitest";
import { parseScalar } from "./parse-scalar.ts";
import { roundedNumber } from "./rounded-number.ts";

it.each<[text: string, document: unknown, written: string | undefined]>([
  ["id: 12345678901234567890", { id: 12345678901234567000 }, "12345678901234567890"],
  ["- -9007199254740993", [-9007199254740992], "-9007199254740993"],
  ["id: 9007199254740991", { id: 9007199254740991 }, undefined],
  ["id: '12345678901234567890'", { id: "12345678901234567890" }, undefined],
  ["at: 0.12345678901234567890", { at: 0.12345678901234568 }, undefined],
  ["sha: a12345678901234567890", { sha: "a12345678901234567890" }, undefined],
])("of %j", (text, document, written) => {
  expect(roundedNumber(text, document)?.written).toBe(written);
});

it("goes once through what aliases repeat", () => {
  let document: unknown = { id: "12345678901234567890" };
  for (let depth = 0; depth < 60; depth++) document = [document, document];
  expect(roundedNumber("id: '12345678901234567890'", document)).toBeUndefined();
});

it("leaves an option that is such a number as the text that was written", () => {
  expect(parseScalar("12345678901234567890")).toBe("12345678901234567890");
  expect(parseScalar("1234567890")).toBe(1234567890);
});
