import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { onlyTraversal } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "Every point, most of them left out by a float32 product with a proven bound: many dimensions.",
  options: z.strictObject({}),
  create: () => onlyTraversal("filtered-scan"),
});
