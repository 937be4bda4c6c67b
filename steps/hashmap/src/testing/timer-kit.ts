import { deepEqual, ok } from "node:assert/strict";
import { defineServiceKit } from "@orchestrate/sdk/testing";
import { Timer } from "../contract.ts";

/** What every provider of `hashmap/timer` must do. */
export const timerKit = defineServiceKit(Timer, {
  "tells a number": (timer) => ok(Number.isFinite(timer.now())),
  "never runs backwards": (timer) => {
    const times = Array.from({ length: 10_000 }, () => timer.now());
    deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
  },
});
