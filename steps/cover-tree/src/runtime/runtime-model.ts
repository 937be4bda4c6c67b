import { z } from "@orchestrate/sdk";
import type { Schedule } from "../tree/insert-options.ts";
import { SeedPack } from "./seed-pack.ts";

const factor = z.number().gt(1).max(16);

/** How trees are made: the one model of all steps that put points into a tree, and of the profiles. */
export const RuntimeModel = z.strictObject({
  /**
   * How many times as far each level of the tree reaches as the one below it: more levels, and fewer children, the less
   * it is.
   */
  base: z.number().min(1.1).max(4).default(1.3),
  /** Points that may hang below a node unsorted; 0 gives each point that is no duplicate a level of its own. */
  leafSize: z.number().int().min(0).max(64).default(32),
  batchOrder: z.enum(["natural", "random", "hilbert"]).default("random"),
  prefixSchedule: z.enum(["doubling", "adaptive"]).default("adaptive"),
  /** Shares of dominated candidates up to which an adaptive schedule grows fast, and from which on it grows slowly. */
  prefixDensity: z
    .strictObject({ low: z.number().min(0).max(1).default(0.15), high: z.number().min(0).max(1).default(0.55) })
    .refine(({ low, high }) => low < high, { error: "low must be less than high" })
    .prefault({}),
  /** By which factor a batch is larger than the one before. */
  prefixGrowth: z
    .strictObject({ small: factor.default(1.25), medium: factor.default(1.75), large: factor.default(2.25) })
    .prefault({}),
  /** What is logged: nothing, a line at the end, or a line for each batch. */
  diagnostics: z.enum(["off", "info", "debug"]).default("info"),
  seeds: SeedPack.prefault({}),
});
export type RuntimeModel = z.infer<typeof RuntimeModel>;

/** The model for a tree that is there already, and has its base. */
export const ChangeModel = RuntimeModel.omit({ base: true });

export function scheduleOf({ prefixSchedule, prefixDensity, prefixGrowth }: z.infer<typeof ChangeModel>): Schedule {
  return prefixSchedule === "doubling" ? { kind: "doubling" } : { kind: "adaptive", ...prefixDensity, ...prefixGrowth };
}
