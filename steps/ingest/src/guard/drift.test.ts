import { describe, expect, it } from "vitest";
import { parseType } from "../table/parse-type.ts";
import type { TableSchema } from "../table/table-schema.ts";
import { compareSchemas, DriftPolicy } from "./drift.ts";
import { refuseDrift } from "./refuse-drift.ts";

const table = (columns: Readonly<Record<string, string>>): TableSchema => ({
  columns: Object.entries(columns).map(([name, type]) => ({
    name,
    type: parseType(type.replace(" not null", "")),
    nullable: !type.includes("not null"),
  })),
  key: [],
});
const before = table({
  id: "bigint not null",
  amount: "decimal(12,2)",
  name: "varchar(20)",
  at: "interval",
  born: "date",
});

describe("compareSchemas", () => {
  it.each([
    ["a column that is new", { ...same(), extra: "int" }, ["new extra"]],
    ["a column that is missing", { ...same(), name: undefined }, ["missing name"]],
    ["a name in another case", { ...same(), name: undefined, NAME: "varchar(20)" }, []],
    ["an interval that became a number: a prefix makes no class", { ...same(), at: "int" }, ["mismatch at"]],
    ["a float, which has a class", { ...same(), amount: "double" }, ["widening amount"]],
    ["a date that became text", { ...same(), born: "text" }, ["mismatch born"]],
    ["bigint to smallint", { ...same(), id: "smallint not null" }, ["narrowing id"]],
    ["the loss of decimals", { ...same(), amount: "decimal(12,1)" }, ["narrowing amount"]],
    ["fewer characters", { ...same(), name: "varchar(10)" }, ["narrowing name"]],
    ["more characters", { ...same(), name: "text" }, ["widening name"]],
    ["null where there was none", { ...same(), id: "bigint" }, ["nullability id"]],
    [
      "several, in the order of the policy",
      { ...same(), id: "smallint", name: undefined, extra: "int", born: "text" },
      ["new extra", "missing name", "mismatch born", "narrowing id", "nullability id"],
    ],
  ])("sees %s", (_what, columns, expected) => {
    const now = table(
      Object.fromEntries(Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    );
    expect(compareSchemas(before, now).map(({ kind, column }) => `${kind} ${column}`)).toEqual(expected);
  });
});

describe("refuseDrift", () => {
  it.each([
    ["newColumns", "new", "column c (integer(32)) is new"],
    ["missingColumns", "missing", "column c (integer(64)) is missing"],
    ["typeMismatches", "mismatch", "column c was integer(64) and is integer(32)"],
    ["narrowing", "narrowing", "column c was integer(64) and is only integer(32)"],
    ["nullability", "nullability", "column c was never null and can be now"],
  ] as const)("heeds the switch %s", (name, kind, words) => {
    const drift = [
      {
        kind,
        column: "c",
        expected: kind === "new" ? null : "integer(64)",
        observed: kind === "missing" ? null : "integer(32)",
      },
    ];
    expect(() => refuseDrift(before, drift, DriftPolicy.parse({}))).not.toThrow();
    expect(() => refuseDrift(before, drift, DriftPolicy.parse({ [name]: "refuse" }))).toThrow(
      `The source has changed in a way that the drift policy refuses: ${words}. Look at the source. To accept it, set the switch of drift to allow.`,
    );
  });

  it("wants a snapshot only where it is told to", () => {
    expect(() => refuseDrift(undefined, [], DriftPolicy.parse({}))).not.toThrow();
    expect(() => refuseDrift(undefined, [], DriftPolicy.parse({ requireSnapshot: true }))).toThrow(
      "The drift policy requires a schema snapshot, and there is none to compare the source with. Wire the input snapshot",
    );
  });
});

function same(): Record<string, string | undefined> {
  return { id: "bigint not null", amount: "decimal(12,2)", name: "varchar(20)", at: "interval", born: "date" };
}
