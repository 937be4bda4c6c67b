import { describe, expect, it } from "vitest";
import type { ColumnType } from "../table/column-type.ts";
import { guardPrecision, PrecisionGuard, refuseFatal } from "./precision.ts";

const decimal = (precision: number | null, scale: number | null): ColumnType => ({ type: "decimal", precision, scale });
const guarded = (type: ColumnType, guard: object, digits?: number) => {
  const schema = { columns: [{ name: "c", type, nullable: true }], key: [] };
  const {
    status,
    issues,
    schema: after,
  } = guardPrecision(schema, PrecisionGuard.parse(guard), digits === undefined ? {} : { c: digits });
  return { status, action: issues[0]?.action, type: after.columns[0]!.type };
};

describe("guardPrecision", () => {
  it.each([
    [decimal(12, 2), {}, undefined, { status: "ok", action: undefined, type: decimal(12, 2) }],
    [decimal(40, 2), {}, undefined, { status: "fatal", action: "fail", type: decimal(40, 2) }],
    [
      decimal(40, 2),
      { violation: "downcast" },
      undefined,
      { status: "adjusted", action: "cast_to_string", type: { type: "text", length: null } },
    ],
    [
      decimal(30, 2),
      { violation: "downcast" },
      39,
      { status: "adjusted", action: "cast_to_string", type: { type: "text", length: null } },
    ],
    [decimal(null, null), {}, undefined, { status: "fatal", action: "fail", type: decimal(null, null) }],
    [
      decimal(null, null),
      { openPrecision: "downcast", fallbackScale: 6 },
      undefined,
      { status: "adjusted", action: "fallback_numeric", type: decimal(38, 6) },
    ],
    [
      decimal(null, 4),
      { violation: "downcast", fallbackPrecision: 20 },
      undefined,
      { status: "adjusted", action: "fallback_numeric", type: decimal(20, 4) },
    ],
    [
      decimal(10, null),
      { fallbackScale: 3 },
      undefined,
      { status: "adjusted", action: "fallback_scale", type: decimal(10, 3) },
    ],
    [
      { type: "integer", bits: 64 },
      { maxPrecision: 1 },
      undefined,
      { status: "ok", action: undefined, type: { type: "integer", bits: 64 } },
    ],
  ] as const)("%j under %j", (type, guard, digits, expected) => expect(guarded(type, guard, digits)).toEqual(expected));

  it("says which columns it refuses", () => {
    const schema = { columns: [{ name: "c", type: decimal(40, 2), nullable: true }], key: [] };
    expect(() => refuseFatal(guardPrecision(schema, PrecisionGuard.parse({})))).toThrow(
      "Numbers may be rounded: c has 40 digits, and 38 are allowed. Set precision.violation",
    );
  });
});
