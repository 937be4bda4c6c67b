import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { postgresEndpoint } from "../postgres/postgres-endpoint.ts";
import { LONGEST_NAME } from "../postgres/postgres-options.ts";
import { tlsConflict, tlsOptions } from "../postgres/tls-options.ts";

const name = z
  .string()
  .min(1)
  .refine(
    (text) => Buffer.byteLength(text) <= LONGEST_NAME,
    `PostgreSQL cuts names of more than ${LONGEST_NAME} bytes`,
  );

export default defineService({
  token: Source,
  summary: "A table of a PostgreSQL database.",
  options: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      port: z.number().int().min(1).max(65_535).default(5432),
      database: z.string().min(1).default("postgres"),
      user: z.string().min(1).default("postgres"),
      /** The name of the secret that holds the password; left out where none is asked for. */
      passwordSecret: z.string().min(1).optional(),
      /**
       * The name of a secret that holds a whole URL, `postgres://user:password@host:port/database`, in place of all
       * above.
       */
      urlSecret: z.string().min(1).optional(),
      ...tlsOptions,
      schema: name.default("public"),
      table: name,
      /** Rows that are fetched at once. */
      fetch: z.number().int().positive().default(10_000),
    })
    .superRefine((options, context) => {
      const message = tlsConflict(options);
      if (message !== undefined) context.addIssue({ code: "custom", path: ["sslmode"], message });
    }),
  create: ({ options }) => postgresEndpoint(options),
});
