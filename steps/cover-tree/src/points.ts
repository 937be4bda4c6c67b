import { defineStep, file, z } from "@orchestrate/sdk";
import { encodeNpy } from "./npy/encode-npy.ts";
import { generatePoints } from "./points/generate-points.ts";

/** A file of them stays below the 2 GiB that are read of one. */
const MOST_NUMBERS = 250_000_000;

export default defineStep({
  summary: "Draws points by chance: normal, uniform in the unit cube, or clustered.",
  config: z
    .strictObject({
      count: z.number().int().positive().max(10_000_000),
      dimension: z.number().int().positive().max(65_536),
      shape: z.enum(["normal", "uniform", "clustered"]).default("normal"),
    })
    .refine(({ count, dimension }) => count * dimension <= MOST_NUMBERS, {
      error: `count times dimension must be at most ${MOST_NUMBERS}: what is greater can't be read`,
    }),
  outputs: { points: file("cover-tree/points", "points.npy") },
  seeds: ["points"],
  async run({ config, outputs, seeds, metric }) {
    const { count, dimension, values } = generatePoints(config.shape, config.count, config.dimension, seeds.points);
    await outputs.points.write(encodeNpy(values, [count, dimension]));
    metric("points", count);
  },
});
