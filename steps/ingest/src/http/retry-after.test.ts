import { expect, it } from "vitest";
import { retryAfter } from "./retry-after.ts";

it.each([
  ["30", 30_000],
  ["0", 0],
  ["Thu, 26 Nov 2026 12:00:30 GMT", 30_000],
  ["Thu, 26 Nov 2026 11:00:00 GMT", 0],
  ["-5", undefined],
  ["soon", undefined],
  [undefined, undefined],
])("an answer of noon that says %s is waited after for %s ms", (said, wait) => {
  const date = "Thu, 26 Nov 2026 12:00:00 GMT";
  expect(retryAfter(new Headers(said === undefined ? { date } : { date, "retry-after": said }))).toBe(wait);
});

it("an answer without a date of its own can't say when by one", () => {
  expect(retryAfter(new Headers({ "retry-after": "Thu, 26 Nov 2026 12:00:30 GMT" }))).toBeUndefined();
});
