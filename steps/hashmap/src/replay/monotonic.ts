import { defineService, z } from "@orchestrate/sdk";
import { Timer } from "../contract.ts";

export default defineService<Timer, z.ZodObject>({
  token: Timer,
  summary: "The machine's monotonic clock, to some nanoseconds.",
  options: z.strictObject({}),
  create: () => timer,
});

// Bound once and for all: a look takes a fifth less than through a function around it, and is always the same call.
const timer: Timer = { now: performance.now.bind(performance) };
