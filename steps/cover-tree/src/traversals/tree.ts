import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { onlyTraversal } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "The cover tree itself, best first, for any metric.",
  options: z.strictObject({}),
  create: () => onlyTraversal("tree"),
});
