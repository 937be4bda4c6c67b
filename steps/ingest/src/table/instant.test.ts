import { expect, it } from "vitest";
import { fromMilliseconds, toMilliseconds } from "./instant.ts";

it.each([
  ["1970-01-01 00:00:00", 0],
  ["1969-12-31 23:59:59", -1000],
  ["0001-01-01 00:00:00", -62_135_596_800_000],
  // One day before the above: there is no year 0.
  ["0001-12-31 (BC) 00:00:00", -62_135_683_200_000],
  ["0044-03-15 (BC) 12:00:00", -63_517_780_800_000],
  ["12345-06-07 00:00:00", 327_416_947_200_000],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
])("%s is %d milliseconds, and back", (text, milliseconds) => {
  expect(toMilliseconds(text)).toBe(milliseconds);
  expect(fromMilliseconds(milliseconds)).toBe(text);
});

it("takes a date for its first second, and leaves fractions out", () => {
  expect(toMilliseconds("1970-01-02")).toBe(86_400_000);
  expect(toMilliseconds("1970-01-01 00:00:01.999999")).toBe(1000);
});
