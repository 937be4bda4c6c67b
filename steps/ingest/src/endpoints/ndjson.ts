import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { fileEndpoint } from "../files/file-endpoint.ts";
import { fileOptions } from "../files/file-options.ts";
import { ndjsonFormat } from "../files/ndjson-format.ts";

export default defineService({
  token: Source,
  summary: "NDJSON files, one object a line: one, or all of a directory.",
  options: z.strictObject(fileOptions),
  create: ({ options }) => fileEndpoint(ndjsonFormat(), { ...options, partitionBy: [] }),
});
