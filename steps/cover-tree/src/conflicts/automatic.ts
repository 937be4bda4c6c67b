import { defineService, z } from "@orchestrate/sdk";
import { Conflicts } from "../contract.ts";
import { automaticConflicts } from "../tree/built-in-conflicts.ts";

export default defineService({
  token: Conflicts,
  summary: "near-parents, which leaves out pairs whose parents are far apart, or dense where no bound holds.",
  options: z.strictObject({}),
  create: () => automaticConflicts(),
});
