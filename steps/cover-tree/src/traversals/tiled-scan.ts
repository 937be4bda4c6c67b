import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { onlyTraversal } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "Every point under the residual correlation, tiles of queries against panels of points.",
  options: z.strictObject({}),
  create: () => onlyTraversal("tiled-scan"),
});
