import { z } from "@orchestrate/sdk";
import { Origin } from "./origin.ts";

/**
 * The splits that something was fitted to or chosen on, directly or through what it was made from. `labelled` is false
 * where only pixels were looked at, as by a masked-image objective.
 */
export const FittedOn = z.array(z.strictObject({ ...Origin.shape, labelled: z.boolean() }));
export type FittedOn = z.infer<typeof FittedOn>;

/** Several lineages as one: each origin once, labelled where one of them says so, in a stable order. */
export function unite(...lineages: readonly FittedOn[]): FittedOn {
  const byOrigin = new Map<string, FittedOn[number]>();
  for (const each of lineages.flat()) {
    const key = `${each.pool} ${each.cut} ${each.split}`;
    byOrigin.set(key, { ...each, labelled: each.labelled || byOrigin.get(key)?.labelled === true });
  }
  return [...byOrigin].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
