import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { fileEndpoint } from "../files/file-endpoint.ts";
import { fileOptions } from "../files/file-options.ts";
import { parquetFormat } from "../files/parquet-format.ts";

export default defineService({
  token: Source,
  summary: "Parquet files: one, or all of a directory, parted by columns.",
  options: z.strictObject({
    ...fileOptions,
    /** Columns of which every set of values gets a directory of its own; a load rewrites only those that it touches. */
    partitionBy: z.array(z.string().min(1)).default([]),
    compression: z.enum(["zstd", "snappy"]).default("snappy"),
  }),
  create: ({ options: { compression, ...options } }) => fileEndpoint(parquetFormat(compression), options),
});
