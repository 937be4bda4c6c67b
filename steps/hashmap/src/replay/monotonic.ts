import { defineService, z } from "@orchestrate/sdk";
import { Timer } from "../contract.ts";

export default defineService<Timer, z.ZodObject>({
  token: Timer,
  summary: "The machine's monotonic clock, to some nanoseconds.",
  options: z.strictObject({}),
  create: () => ({ now: () => performance.now() }),
});
