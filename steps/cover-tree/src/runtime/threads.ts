import { z } from "@orchestrate/sdk";

/** Threads; as many as the phase is granted cores (`resources`) where it is null. The result does not depend on it. */
export const Threads = z.number().int().positive().max(64).nullable().default(null);

/** How many threads a step may use. */
export function threadsOf(asked: z.infer<typeof Threads>, { cpu }: { readonly cpu: number }): number {
  return asked ?? Math.max(1, Math.floor(cpu));
}
