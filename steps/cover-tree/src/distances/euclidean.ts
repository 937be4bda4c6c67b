import { defineService, z } from "@orchestrate/sdk";
import { Distances } from "../contract.ts";
import { onlyDistance } from "../space/only-distance.ts";

export default defineService({
  token: Distances,
  summary: "The Euclidean distance.",
  options: z.strictObject({}),
  create: () => onlyDistance({ kind: "vectors", name: "euclidean", options: {}, preparation: "none", report: "root" }),
});
