import { expect, it } from "vitest";
import { counted, duration, memory, percent } from "./quantities.ts";

it("quantities are written in units that fit them", () => {
  expect([counted(0, "byte"), counted(1, "byte"), counted(2, "byte")]).toEqual(["0 bytes", "1 byte", "2 bytes"]);
  expect([duration(87.4), duration(2110), duration(1_774_000)]).toEqual(["87 ns", "2.11 µs", "1.77 ms"]);
  expect([duration(999.4), duration(999_600), duration(999_600_000)]).toEqual(["999 ns", "1.00 ms", "1.0 s"]);
  expect([duration(0), duration(1.234e12)]).toEqual(["0 ns", "1234.0 s"]);
  expect([memory(0), memory(4990), memory(3.25 * 2 ** 20)]).toEqual(["0.0 KiB", "4.9 KiB", "3.25 MiB"]);
  expect([percent(0.125), percent(1)]).toEqual(["12.5 %", "100 %"]);
});
