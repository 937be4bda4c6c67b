import { defineService, z } from "@orchestrate/sdk";
import { Conflicts } from "../contract.ts";
import { denseConflicts } from "../tree/built-in-conflicts.ts";

export default defineService({
  token: Conflicts,
  summary: "Measures every pair of candidates: the reference.",
  options: z.strictObject({}),
  create: () => denseConflicts(),
});
