import { describe, expect, it } from "vitest";
import { duckRows } from "../fixtures/warehouse.ts";
import type { ColumnType } from "../table/column-type.ts";
import { castTo } from "./typed.ts";

const float: ColumnType = { type: "float", bits: 64 };
const cast = (value: string, from: ColumnType, type: string) =>
  duckRows(`SELECT ${castTo('"n"', from, float, "duckdb")} FROM (SELECT CAST(${value} AS ${type}) AS "n")`);

describe("a number that becomes a float", () => {
  const integer: ColumnType = { type: "integer", bits: 64 };
  const decimal: ColumnType = { type: "decimal", precision: 30, scale: 10 };

  it.each([
    ["NULL", integer, "BIGINT", null],
    ["-9007199254740992", integer, "BIGINT", "-9007199254740992"],
    ["0.1", decimal, "DECIMAL(30,10)", "0.1"],
    ["123456789.123456", decimal, "DECIMAL(30,10)", "123456789.123456"],
  ])("is the same: %s", async (value, from, type, becomes) => {
    expect(await cast(value, from, type)).toEqual([[becomes]]);
  });

  it.each([
    ["9007199254740993", integer, "BIGINT"],
    ["9223372036854775807", integer, "BIGINT"],
    ["12345678901234567890.1234567891", decimal, "DECIMAL(30,10)"],
  ])("is refused where it would not be: %s", async (value, from, type) => {
    await expect(cast(value, from, type)).rejects.toThrow(`${value} of column "n" has more digits than a float keeps`);
  });
});
