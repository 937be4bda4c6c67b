import { FakeClock } from "@orchestrate/sdk/testing";
import { expect, it } from "vitest";
import { batches } from "./batches.ts";

/** Items that come when the test says so. */
function held() {
  const waiting: ((result: IteratorResult<number>) => void)[] = [];
  const come = async (result: IteratorResult<number>) => {
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    waiting.shift()?.(result);
  };
  const items: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => waiting.push(resolve)) }),
  };
  return {
    items,
    give: (value: number) => come({ done: false, value }),
    end: () => come({ done: true, value: undefined }),
  };
}

it("gives what comes in quick succession at once, and a full batch without waiting", async () => {
  const clock = new FakeClock({ sleeps: "held" });
  const { items, give, end } = held();
  const found = batches(items, { most: 2, waitMs: 100, clock });
  const first = found.next();
  await give(1);
  await give(2);
  expect(await first).toEqual({ done: false, value: [1, 2] });
  const second = found.next();
  await give(3);
  await end();
  expect(await second).toEqual({ done: false, value: [3] });
  expect(await found.next()).toEqual({ done: true, value: undefined });
});

it("gives what has waited long enough, and loses nothing of what comes after", async () => {
  const clock = new FakeClock({ sleeps: "held" });
  const { items, give, end } = held();
  const found = batches(items, { most: 9, waitMs: 100, clock });
  const first = found.next();
  await give(1);
  while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(100);
  expect(await first).toEqual({ done: false, value: [1] });
  const second = found.next();
  await give(2);
  await end();
  expect(await second).toEqual({ done: false, value: [2] });
  expect(await found.next()).toEqual({ done: true, value: undefined });
});

it("ends at once where nothing comes", async () => {
  const { items, end } = held();
  const found = batches(items, { most: 2, waitMs: 100, clock: new FakeClock() }).next();
  await end();
  expect(await found).toEqual({ done: true, value: undefined });
});
