import { describe, expect, it } from "vitest";
import { backoff } from "./backoff.ts";

const retry = { attempts: 9, delayMs: 1_000, maxDelayMs: 5_000 };

describe("the wait before the next attempt", () => {
  it.each([
    [1, 0, 500],
    [1, 0.5, 750],
    [2, 0, 1_000],
    [3, 0.5, 3_000],
    [4, 0, 2_500],
    [99, 0.5, 3_750],
  ])("after %d failed, with %d by chance, is %d ms", (failed, random, ms) => {
    expect(backoff(retry, failed, random)).toBe(ms);
  });
});
