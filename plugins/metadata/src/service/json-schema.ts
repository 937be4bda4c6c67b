import { z } from "@orchestrate/sdk";

/** A schema as the OpenAPI document has it: draft 2020-12, as it is written by whoever asks. */
export function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
