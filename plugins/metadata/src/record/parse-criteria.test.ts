import { expect, it } from "vitest";
import type { Criteria } from "./criteria.ts";
import { parseCriteria } from "./parse-criteria.ts";

const many = (count: number) => Array.from({ length: count }, (_, at) => at);

it("takes as many values as every database does", () => {
  const criteria = { kinds: ["t/x"], where: { rows: many(9_998) } };
  expect(parseCriteria(criteria)).toMatchObject(criteria);
});

it.each<[Criteria, string]>([
  [{ where: { 'a"b': 1 } }, 'where: "a"b" is no path of field names joined by dots'],
  [{ where: { "a.b": many(9_999) } }, "it has 10001 kinds, names and values, and may have 10000"],
  [{ kinds: many(10_001).map((at) => `t/x${at}`) }, "it has 10001 kinds, names and values, and may have 10000"],
  [
    { where: Object.fromEntries(many(101).map((at) => [`field${at}`, at])) },
    "where: it names 101 fields, and may name 100",
  ],
])("refuses what none can be asked (%#)", (criteria, why) => {
  expect(() => parseCriteria(criteria)).toThrow(`The question can't be answered: ${why}.`);
});
