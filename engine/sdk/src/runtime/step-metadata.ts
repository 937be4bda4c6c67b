import type { z } from "zod";
import type { EmittedRecord } from "../emitted-record.ts";
import type { Metadata } from "../metadata.ts";
import { jsonText } from "./json-text.ts";
import type { OutputWriter } from "./output-handle.ts";

/**
 * The service `Metadata`: it writes to the output of that name, which a step that asks for it has.
 *
 * @param schema of a record, as the step's own declaration of that output has it.
 */
export function stepMetadata(schema: z.ZodType | undefined, writer: () => OutputWriter | undefined): Metadata {
  const append = async (record: EmittedRecord) => {
    const handle = writer()?.handle;
    if (handle?.form === "ndjson") await handle.append(record);
  };
  return {
    emit: append,
    async emitMany(records) {
      for (const [index, record] of records.entries()) jsonText(`Record ${index + 1}`, schema, record);
      for (const record of records) await append(record);
    },
  };
}
