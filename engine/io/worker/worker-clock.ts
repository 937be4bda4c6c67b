import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@orchestrate/sdk";

/** The clocks of the machine. */
export const workerClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};
