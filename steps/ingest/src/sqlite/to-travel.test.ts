import { describe, expect, it } from "vitest";
import type { ColumnType } from "../table/column-type.ts";
import { toTravel } from "./to-travel.ts";

describe("toTravel", () => {
  it.each([
    ["date", "2026-01-31", "2026-01-31"],
    ["date", "2026-01-31T10:00:00Z", "2026-01-31"],
    ["date", "2026-01-31 10:00:00.5+02:00", "2026-01-31"],
    ["date", "10000-01-31", "10000-01-31"],
    ["date", "0044-03-15 (BC)", "0044-03-15 (BC)"],
    ["date", "infinity", "infinity"],
    ["timestamp", "2026-01-31", "2026-01-31 00:00:00"],
    ["timestamp", "2026-01-31T10:00", "2026-01-31 10:00:00"],
    ["timestamp", "2026-01-31 10:00:00.500Z", "2026-01-31 10:00:00.5"],
    ["timestamp", "-infinity", "-infinity"],
  ] as const)("a %s written as %s is %s", (type, value, expected) => {
    expect(toTravel(value, { type }, "at")).toBe(expected);
  });

  it.each([
    [7n, "7"],
    [19.99, "19.99"],
    [0.1 + 0.2, "0.30"],
    [-1e6 / 3 + 1e6 / 3 + 0.25, "0.25"],
    ["1.2300", "1.2300"],
  ])("a decimal of two digits behind the point written as %s is %s", (value, expected) => {
    expect(toTravel(value, { type: "decimal", precision: 10, scale: 2 }, "price")).toBe(expected);
  });

  it.each([1.239, "1.239", 1e22 / 3, "1e3"])("and is not rounded from %s", (value) => {
    expect(() => toTravel(value, { type: "decimal", precision: 10, scale: 2 }, "price")).toThrow(
      `Column "price" is declared as decimal(10, 2), and holds ${value} (${typeof value}).`,
    );
  });

  const unfit: readonly (readonly [ColumnType, string | bigint])[] = [
    [{ type: "date" }, "soon"],
    [{ type: "date" }, "2026-01-31 and later"],
    [{ type: "date" }, 20260131n],
    [{ type: "timestamp" }, "10:00"],
    [{ type: "timestamp" }, "2026-01-31 05:00:00-05:00"],
    [{ type: "uuid" }, "018f"],
    [{ type: "boolean" }, 2n],
  ];
  it.each(unfit)("a %o does not hold %s, and says so", (type, value) => {
    expect(() => toTravel(value, type, "at")).toThrow(
      `Column "at" is declared as ${type.type}, and holds ${String(value)} (${typeof value}).`,
    );
  });
});
