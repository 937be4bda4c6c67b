import { z } from "@orchestrate/sdk";
import { PolicyConfig } from "../policy/policy.ts";

const Builtin = z.enum(["default", "pytest", "unittest", "mocha"]);

/** The config of `recorder/record`. */
export const RecordConfig = z.strictObject({
  /** The program: a file of the project. */
  program: z.string().min(1),
  args: z.array(z.string()).default([]),
  /** `auto` tells by the file's type. */
  target: z.enum(["auto", "node", "python"]).default("auto"),
  /** The Python that runs a Python program. Node programs run on the Node that runs the step. */
  python: z.string().min(1).default("python3"),
  /** Variables of the program's environment, beside those that the phase allows. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
  /** Filter files of the project, applied after the built-in ones, the project's own and the environment's. */
  filters: z.array(z.string().min(1)).default([]),
  /** Built-in filters that are on. */
  builtin: z.array(Builtin).default(["default"]),
  /** `none` records calls, steps and output only. */
  values: z.enum(["changed", "none"]).default("changed"),
  /** How much of a value is written. */
  limits: z
    .strictObject({
      depth: z.number().int().min(1).max(30).default(5),
      length: z.number().int().min(1).default(1000),
      elements: z.number().int().min(1).default(100),
      total: z.number().int().min(1).default(1000),
    })
    .prefault({}),
  policy: PolicyConfig.prefault({}),
});

export type RecordConfig = z.output<typeof RecordConfig>;
