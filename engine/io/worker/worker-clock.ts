import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@orchestrate/sdk";

/** The wall clock of the machine. */
export const workerClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};
