import { z } from "@orchestrate/sdk";

/** What every error is answered with. */
export const ErrorAnswer = z.strictObject({ error: z.string(), detail: z.string(), hint: z.string() });

/** A schema as the OpenAPI document has it: draft 2020-12, as it is written by whoever asks. */
export function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
