import { defineService, z } from "@orchestrate/sdk";
import { Traversals } from "../contract.ts";
import { automaticTraversals } from "../query/built-in-traversals.ts";

export default defineService({
  token: Traversals,
  summary: "The first of blocks, filtered-scan, tree, tiled-scan and scan that serves, seen from a few queries.",
  options: z.strictObject({}),
  create: () => automaticTraversals(),
});
