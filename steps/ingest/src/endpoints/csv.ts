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
    delimiter: z
      .string()
      .length(1)
      .refine((character) => !'"\r\n'.includes(character), { error: "neither a quote nor an end of a line" })
      .optional(),
    header: z.boolean().optional(),
    nullText: z.string().default(""),
    sample: z
      .number()
      .int()
      .min(-1)
      .refine((rows) => rows !== 0, { error: "a number of rows, or -1 for all" })
      .default(20_480),
  }),
  create: ({ options: { path, types, key, ...format } }) =>
    fileEndpoint(csvFormat(format), { path, types, key, partitionBy: [] }),
});
