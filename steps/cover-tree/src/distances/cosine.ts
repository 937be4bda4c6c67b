import { defineService, z } from "@orchestrate/sdk";
import { Distances } from "../contract.ts";
import { onlyDistance } from "../space/only-distance.ts";

export default defineService({
  token: Distances,
  summary: "The chord or the angle between directions; rows of zeros are refused.",
  options: z.strictObject({
    /** `chord`: |u − v| of unit vectors, from 0 to 2. `angle`: radians. */
    as: z.enum(["chord", "angle"]).default("chord"),
  }),
  create: ({ options }) =>
    onlyDistance({
      kind: "vectors",
      name: "cosine",
      options,
      preparation: "unit",
      report: options.as === "chord" ? "root" : "angle",
    }),
});
