import { expect, it } from "vitest";
import type { AttemptReport } from "../../run/ports/executor.ts";
import { progressThrottle } from "./progress-throttle.ts";

function throttled() {
  const sent: AttemptReport[] = [];
  const clock = { now: 0 };
  return {
    sent,
    clock,
    ...progressThrottle(
      (report) => sent.push(report),
      () => clock.now,
    ),
  };
}

it("progress is passed on ten times a second, and the last of it at the end", () => {
  const { sent, clock, report, flush } = throttled();
  for (clock.now = 0; clock.now < 150; clock.now += 50) report(clock.now, 150);
  report(150, 150, "done");
  flush();
  flush();
  expect(sent).toEqual([
    { type: "progress", done: 0, total: 150 },
    { type: "progress", done: 100, total: 150 },
    { type: "progress", done: 150, total: 150, message: "done" },
  ]);
});

it("progress that is no number is none", () => {
  const { sent, report, flush } = throttled();
  report(0 / 0, 10);
  report(1, Number.POSITIVE_INFINITY);
  flush();
  expect(sent).toEqual([]);
});
