import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../run/ports/clock.ts";

/** The machine's own time and chance. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
  random: () => Math.random(),
};
