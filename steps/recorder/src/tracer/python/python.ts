import { defineService, z } from "@orchestrate/sdk";
import { PythonTracer } from "../tracer.ts";
import { checkPythons } from "./check-pythons.ts";
import { startPython } from "./start-python.ts";

export default defineService({
  token: PythonTracer,
  summary: "Records programs on Python 3.8 or newer: by sys.monitoring from 3.12 on, before by sys.settrace.",
  options: z.strictObject({}),
  code: ["python"],
  create: () => ({ start: startPython }),
  check: async () => checkPythons(process.env.PATH ?? ""),
});
