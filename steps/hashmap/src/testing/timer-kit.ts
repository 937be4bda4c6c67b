import { equal, notEqual, ok } from "node:assert/strict";
import { defineServiceKit } from "@orchestrate/sdk/testing";
import { Timer } from "../contract.ts";

/** What every provider of `hashmap/timer` must do. */
export const timerKit = defineServiceKit(Timer, {
  "tells a number": (timer) => ok(Number.isFinite(timer.now())),
  "goes on": (timer) => {
    const first = timer.now();
    // A timer of whole milliseconds has moved on long before.
    for (let calls = 0; calls < 10_000_000 && timer.now() === first; calls += 1);
    notEqual(timer.now(), first);
  },
  "never runs backwards": (timer) => {
    const times = Array.from({ length: 10_000 }, () => timer.now());
    const back = times.findIndex((time, at) => time < times[at - 1]!);
    equal(back, -1, `it went from ${times[back - 1]} to ${times[back]}`);
  },
});
