import { defineService, z } from "@orchestrate/sdk";
import { NodeTracer } from "../tracer.ts";
import { startNode } from "./start-node.ts";

export default defineService({
  token: NodeTracer,
  summary: "Records programs on the Node that runs the step, by instrumenting what they load.",
  options: z.strictObject({}),
  // What runs in the program is loaded by path, so that no import tells of it.
  code: ["dist/filter", "dist/tracer"],
  create: () => ({ start: startNode }),
});
