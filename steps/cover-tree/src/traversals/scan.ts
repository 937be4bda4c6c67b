import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { onlyTraversal } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "Every distance by the reference function, one after the other: what all others are tested against.",
  options: z.strictObject({}),
  create: () => onlyTraversal("scan"),
});
