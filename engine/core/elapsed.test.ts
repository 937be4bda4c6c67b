import { expect, it } from "vitest";
import { elapsed } from "./elapsed.ts";

it.each([
  ["2026-11-21T20:42:36.000Z", "2026-11-21T20:42:37.500Z", 1_500],
  ["2026-11-21T20:42:36.000Z", "2026-11-21T20:42:36.000Z", 0],
  ["2026-11-21T20:42:36.000Z", "2026-11-21T19:42:36.000Z", 0],
])("from %s to %s it is %d ms", (started, finished, ms) => {
  expect(elapsed(started, finished)).toBe(ms);
});
