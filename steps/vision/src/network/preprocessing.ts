import { z } from "@orchestrate/sdk";
import type { Pixels } from "../images/pixels.ts";

/** How bytes become what the network sees: (byte / 255 − mean) / deviation, one of each for every channel. */
export const Preprocessing = z.strictObject({
  mean: z.array(z.number()).length(3),
  deviation: z.array(z.number().positive()).length(3),
});
export type Preprocessing = z.infer<typeof Preprocessing>;

/** Mean and standard deviation of each channel over all pixels; a deviation below 1/255 counts as that. */
export function measure(images: Pixels): Preprocessing {
  const { pixels, channels } = images;
  const sums = new Array<number>(channels).fill(0);
  const squares = new Array<number>(channels).fill(0);
  for (let index = 0; index < pixels.length; index += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const byte = pixels[index + channel]!;
      sums[channel]! += byte;
      squares[channel]! += byte * byte;
    }
  }
  const count = Math.max(1, pixels.length / channels);
  const mean = sums.map((sum) => sum / count / 255);
  const deviation = squares.map((sum, channel) =>
    Math.max(1 / 255, Math.sqrt(Math.max(0, sum / count / 255 ** 2 - mean[channel]! ** 2))),
  );
  return { mean, deviation };
}
