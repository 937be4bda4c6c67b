import { defineService, z } from "@orchestrate/sdk";
import { Distances } from "../contract.ts";
import { onlyDistance } from "../space/only-distance.ts";

export default defineService({
  token: Distances,
  summary: "One less Pearson's correlation, or the chord it belongs to; constant rows are refused.",
  options: z.strictObject({
    /** `one-minus-r`: 1 − r, from 0 to 2. `chord`: √(2 (1 − r)), for which the triangle inequality holds. */
    as: z.enum(["one-minus-r", "chord"]).default("one-minus-r"),
  }),
  create: ({ options }) =>
    onlyDistance({
      kind: "vectors",
      name: "pearson",
      options,
      preparation: "centred-unit",
      report: options.as === "chord" ? "root" : "half-square",
    }),
});
