import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { sqliteEndpoint } from "../sqlite/sqlite-endpoint.ts";

export default defineService({
  token: Source,
  summary: "A table of a SQLite database.",
  options: z.strictObject({
    /** The database's file, relative to the pipeline. Left out, it is the file that is wired. */
    database: z.string().min(1).optional(),
    table: z.string().min(1),
    /** How long to wait for another's lock, in milliseconds. */
    busyTimeout: z.number().int().min(0).default(10_000),
  }),
  create: ({ options }) => sqliteEndpoint(options),
});
