import { issueText, type z } from "@orchestrate/sdk";
import { type MetadataErrorCode, metadataError } from "../metadata-error.ts";

/** @throws OrchestrateError with this code, where the request has not the form it needs. */
export function parseRequest<T>(schema: z.ZodType<T>, given: unknown, code: MetadataErrorCode): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw metadataError(code, `The request is refused: ${issueText(parsed.error)}.`, "See /openapi.json.");
}
