import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { onlyTraversal } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "Blocks of 32 points under bounding boxes: Euclidean, cosine and Pearson distances in few dimensions.",
  options: z.strictObject({}),
  create: () => onlyTraversal("blocks"),
});
