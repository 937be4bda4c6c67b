import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { csvFormat } from "../files/csv-format.ts";
import { fileEndpoint } from "../files/file-endpoint.ts";
import { fileOptions } from "../files/file-options.ts";

export default defineService({
  token: Source,
  summary: "CSV files: one, or all of a directory.",
  options: z.strictObject({
    ...fileOptions,
    delimiter: z.string().length(1).optional(),
    header: z.boolean().optional(),
    nullText: z.string().default(""),
    sample: z.number().int().min(-1).default(20_480),
  }),
  create: ({ options: { path, types, key, ...format } }) =>
    fileEndpoint(csvFormat(format), { path, types, key, partitionBy: [] }),
});
