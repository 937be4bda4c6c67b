import { z } from "@orchestrate/sdk";

/** How a picture that isn't square becomes so: stretched, cut at the longer sides, or with black margins. */
export const Fit = z.enum(["fill", "cover", "contain"]);
export type Fit = z.infer<typeof Fit>;
