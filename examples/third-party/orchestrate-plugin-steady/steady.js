import { defineService, z } from "@orchestrate/sdk";
import { Timer } from "@orchestrate/steps-hashmap/contract";

export default defineService({
  token: Timer,
  summary: "Moves on by the same step each time it is asked, whatever the machine does.",
  options: z.strictObject({
    /** Milliseconds between two answers. */
    step: z.number().positive().default(0.001),
  }),
  create: ({ options: { step } }) => {
    let asked = 0;
    return { now: () => step * asked++ };
  },
});
